"""Deciding: the edit, the notice, the step and the letters together or not at all, by the right people."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from corrections.domain import access, assignment, decisions, notice_drafts, notices, relations
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.enums import EDITING_REMEDIES, Finding, Ground, Move, Remedy
from corrections.models import Case, Decision, Delivery, Event, Notice
from corrections.templatetags.desk_words import event_words
from corrections.workflow import MoveNotAllowed
from newsroom import articles
from newsroom.articles import Content, latest_revision
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case, make_staff

pytestmark = pytest.mark.django_db


def claimed(article: Article, by: StaffMember, **fields: Any) -> Case:
    case = make_case(article, **fields)
    assignment.claim(case, actor=as_actor(by), expected_version=case.version, now=NOW)
    return case


def corrected(article: Article) -> Content:
    current = Content.of(latest_revision(article))
    return replace(current, body=current.body.replace("12,000", "1,200"))


def spelled(article: Article) -> Content:
    current = Content.of(latest_revision(article))
    return replace(current, standfirst=current.standfirst.replace("الرئيسة", "الرئيسية"))


def correction(article: Article, **fields: Any) -> Proposal:
    defaults = {"reason": "تحققنا", "notice_text": "الصحيح 1,200.", "content": corrected(article), "judged": 1}
    return Proposal("upheld", "correction", **{**defaults, **fields})


def decide(case: Case, proposal: Proposal, by: StaffMember) -> Decision:
    return decisions.decide(case, proposal, actor=as_actor(by), expected_version=case.version, now=NOW)


def test_deciding_edits_the_article_and_publishes_its_notice(article: Article, editor: StaffMember) -> None:
    case = claimed(article, editor)
    decision = decide(case, correction(article), editor)
    article.refresh_from_db()
    notice = Notice.objects.get()
    assert (case.status, decision.state, article.latest) == ("decided", "live", 2)
    assert (notice.text, notice.kind, notice.prompted_by) == ("الصحيح 1,200.", "correction", 1)
    assert [change["kind"] for change in notice.changes] == ["changed"]
    happenings = list(case.events.values_list("happening", flat=True))
    assert happenings == ["received", "claimed", "decided", "notice_published"]


def test_what_an_editor_writes_is_stored_without_what_only_deceives(article: Article, editor: StaffMember) -> None:
    words = {"reason": " تحققنا\0 ", "notice_text": "الصحيح \u202e1,200\u202c.\x0b", "note": "\u200b"}
    decision = decide(claimed(article, editor), correction(article, **words), editor)
    assert (decision.reason, decision.notice_text, decision.note) == ("تحققنا", "الصحيح 1,200.", "")
    assert Notice.objects.get().text == "الصحيح 1,200."


@pytest.mark.parametrize("words", [{"reason": "\u200b \u202e"}, {"notice_text": "\ufeff\n"}])
def test_words_that_nobody_can_see_are_no_words(article: Article, editor: StaffMember, words: dict[str, str]) -> None:
    with pytest.raises(Refused) as refused:
        decide(claimed(article, editor), correction(article, **words), editor)
    assert [fault.field for fault in refused.value.faults] == list(words)
    assert Decision.objects.count() == 0


def test_when_the_notice_fails_nothing_is_written(
    article: Article, editor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = claimed(article, editor)

    def fail(*arguments: object, **named: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(notices, "publish", fail)
    deliveries = Delivery.objects.count()
    with pytest.raises(RuntimeError):
        decide(case, correction(article), editor)
    article.refresh_from_db()
    assert (article.latest, Decision.objects.count(), Notice.objects.count()) == (1, 0, 0)
    assert (Case.objects.get().status, Event.objects.count(), Delivery.objects.count()) == ("in_review", 2, deliveries)


def test_a_second_editor_who_decides_on_a_stale_page_changes_nothing(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    decide(case, correction(article), editor)
    proposal = Proposal("upheld", "none", "reason")
    with pytest.raises(MoveNotAllowed):
        decide(Case.objects.get(), proposal, second_editor)
    stale = claimed(article, editor)
    other = Case.objects.get(pk=stale.pk)
    assignment.set_severity(other, "serious", actor=as_actor(editor), expected_version=other.version, now=NOW)
    with pytest.raises(CaseChanged):
        decide(stale, proposal, second_editor)
    assert (Decision.objects.count(), Notice.objects.count()) == (1, 1)


def test_an_article_revised_meanwhile_is_not_overwritten(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    proposal = correction(article)
    other = replace(Content.of(latest_revision(article)), title="عنوان جديد")
    articles.revise(article.pk, other, change="update", origin="desk", expected_revision=1, by=second_editor, now=NOW)
    case.article.refresh_from_db()
    with pytest.raises(articles.ArticleChanged):
        decide(case, proposal, editor)
    assert latest_revision(Article.objects.get()).title == "عنوان جديد"
    assert Case.objects.get().status == "in_review"


def test_the_author_and_whoever_edited_the_article_do_not_decide(article: Article, editor: StaffMember) -> None:
    content = replace(Content.of(latest_revision(article)), title="عنوان جديد")
    articles.revise(article.pk, content, change="update", origin="newsroom", expected_revision=1, by=editor, now=NOW)
    case = make_case(Article.objects.get())
    for act in (assignment.claim,):
        with pytest.raises(access.NotAllowed):
            act(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    with pytest.raises(access.NotAllowed):
        decide(case, correction(article), editor)


def test_complaints_are_decided_by_the_standards_editor_alone(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    case = claimed(article, editor, kind="complaint")
    proposal = Proposal("upheld", "none", "reason", clause_keys=("fairness",))
    with pytest.raises(access.NotAllowed):
        decide(case, proposal, editor)
    assert decide(case, proposal, standards_editor).state == "live"


def test_a_serious_outcome_waits_for_another_persons_signature(
    article: Article, standards_editor: StaffMember, administrator: StaffMember
) -> None:
    case = claimed(article, standards_editor, kind="complaint")
    decision = decide(case, Proposal("not_upheld", "none", "reason"), standards_editor)
    assert (case.status, case.waiting_on, decision.state) == ("waiting", "second_signature", "proposed")
    with pytest.raises(access.NotAllowed):
        decisions.sign(case, actor=as_actor(standards_editor), expected_version=case.version, now=NOW)
    signed = decisions.sign(case, actor=as_actor(administrator), expected_version=case.version, now=NOW)
    assert (case.status, signed.state, signed.signed_by) == ("decided", "live", administrator)
    with translation.override("ar"):
        assert event_words(case.events.get(happening="decided")) == "التوقيع الثاني"


def test_a_retraction_withdraws_the_article_only_when_it_is_signed(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    decide(case, Proposal("upheld", "retraction", "reason", notice_text="سُحب المقال."), editor)
    assert Article.objects.get().status == "published"
    decisions.sign(case, actor=as_actor(second_editor), expected_version=case.version, now=NOW)
    assert (Article.objects.get().status, Notice.objects.get().kind) == ("withdrawn", "retraction")


def test_a_signature_on_an_article_revised_since_publishes_nothing(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    decide(case, Proposal("upheld", "retraction", "reason", notice_text="سُحب المقال."), editor)
    other = replace(Content.of(latest_revision(article)), title="عنوان جديد")
    articles.revise(article.pk, other, change="update", origin="desk", expected_revision=1, by=editor, now=NOW)
    with pytest.raises(articles.ArticleChanged):
        decisions.sign(case, actor=as_actor(second_editor), expected_version=case.version, now=NOW)
    assert (Case.objects.get().status, Notice.objects.count()) == ("waiting", 0)


def test_a_refused_signature_sends_the_case_back_with_its_reason(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    decide(case, Proposal("upheld", "retraction", "reason", notice_text="سُحب المقال."), editor)
    actor = as_actor(second_editor)
    with pytest.raises(Refused):
        decisions.refuse_signature(case, "  ", actor=actor, expected_version=case.version, now=NOW)
    decisions.refuse_signature(case, "غير كافٍ", actor=actor, expected_version=case.version, now=NOW)
    assert (case.status, Decision.objects.get().state) == ("in_review", "refused")
    assert case.messages.get(purpose="note").text == "غير كافٍ"


def test_one_decision_tells_the_readers_of_joined_reports(article: Article, editor: StaffMember) -> None:
    lead = claimed(article, editor)
    joined = make_case(article, wants_mail=True, address="second@example.org")
    relations.link_duplicate(joined, lead, actor=as_actor(editor), expected_version=joined.version, now=NOW)
    decide(lead, correction(article), editor)
    assert Notice.objects.get().prompted_by == 2
    assert list(joined.events.values_list("happening", flat=True))[-1] == "lead_decided"
    assert Delivery.objects.filter(event__case=joined, template="decision", audience="reader").count() == 1


def test_reopening_supersedes_the_decision_and_leaves_what_was_published(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    case = claimed(article, editor)
    decide(case, correction(article), editor)
    with pytest.raises(access.NotAllowed):
        decisions.reopen(case, "سبب", actor=as_actor(editor), expected_version=case.version, now=NOW)
    decisions.reopen(case, "سبب", actor=as_actor(standards_editor), expected_version=case.version, now=NOW)
    assert (case.status, case.decided_at, Decision.objects.get().state) == ("in_review", None, "superseded")
    assert Notice.objects.count() == 1


def test_a_minor_fix_rewrites_no_article(article: Article, editor: StaffMember) -> None:
    case = claimed(article, editor)
    current = Content.of(latest_revision(article))
    for content in (corrected(article), replace(current, title="عنوان آخر تمامًا")):
        with pytest.raises(Refused) as refused:
            decide(case, Proposal("upheld", "minor_fix", "reason", content=content), editor)
        assert [fault.field for fault in refused.value.faults] == ["remedy"]
    assert (Decision.objects.count(), Article.objects.get().latest) == (0, 1)
    decide(case, Proposal("upheld", "minor_fix", "reason", content=spelled(article)), editor)
    assert Article.objects.get().latest == 2


@pytest.mark.parametrize("remedy", list(Remedy))
@pytest.mark.parametrize("finding", list(Finding))
def test_every_finding_with_every_remedy_is_consistent_or_refused(
    article: Article, editor: StaffMember, finding: Finding, remedy: Remedy
) -> None:
    case = claimed(article, editor)
    content = spelled(article) if remedy == Remedy.MINOR_FIX else corrected(article)
    proposal = Proposal(
        finding,
        remedy,
        "reason",
        ground=Ground.OUT_OF_SCOPE if finding == Finding.INADMISSIBLE else "",
        notice_text="notice",
        content=content if remedy in EDITING_REMEDIES else None,
    )
    changing = finding in (Finding.UPHELD, Finding.PARTLY_UPHELD, Finding.RESOLVED)
    if remedy != Remedy.NONE and not changing:
        with pytest.raises(Refused) as refused:
            decide(case, proposal, editor)
        assert [fault.field for fault in refused.value.faults] == ["remedy"]
        assert Decision.objects.count() == 0
        return
    decision = decide(case, proposal, editor)
    waits = remedy in (Remedy.RETRACTION, Remedy.TAKEDOWN)
    assert decision.state == ("proposed" if waits else "live")
    assert Article.objects.get().latest == (2 if remedy in EDITING_REMEDIES else 1)
    silent = remedy in (Remedy.NONE, Remedy.MINOR_FIX)
    assert Notice.objects.count() == (0 if silent or waits else 1)


def test_the_drafted_notice_states_wrong_and_right_in_the_articles_language(
    article: Article, english_article: Article
) -> None:
    def draft(of: Article) -> str:
        before = Content.of(latest_revision(of))
        return notice_drafts.draft("correction", notices.differences(before, corrected(of)), of.language)

    arabic, english = draft(article), draft(english_article)
    assert arabic.startswith("ورد في نسخة سابقة من هذا المقال: “")
    assert "12,000" in arabic
    assert "والصحيح: “" in arabic
    assert english.startswith("An earlier version of this article said: “")
    assert english.index("12,000") < english.index("It now says") < english.index("1,200", english.index("It now says"))


@pytest.mark.parametrize(
    ("fields", "faulty"),
    [
        ({"reason": " "}, "reason"),
        ({"notice_text": ""}, "notice_text"),
        ({"notice_text": "الصحيح …"}, "notice_text"),
        ({"content": None}, "body"),
        ({"reason": "ك" * 5000}, "reason"),
    ],
)
def test_what_is_missing_in_a_decision_is_said_at_its_field(
    article: Article, editor: StaffMember, fields: dict[str, Any], faulty: str
) -> None:
    case = claimed(article, editor)
    with pytest.raises(Refused) as refused:
        decide(case, correction(article, **fields), editor)
    assert [fault.field for fault in refused.value.faults] == [faulty]
    assert Move.DECIDE.value not in list(case.events.values_list("happening", flat=True))


def test_an_inactive_account_has_no_role(article: Article) -> None:
    gone = make_staff("standards_editor", is_active=False)
    case = make_case(article)
    with pytest.raises(access.NotAllowed):
        assignment.claim(case, actor=as_actor(gone), expected_version=case.version, now=NOW)
