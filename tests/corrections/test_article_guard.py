"""Articles in the administration: what the desk has published stands, and nobody mends the own article in silence."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from corrections.domain import assignment, undo
from corrections.domain.decisions import decide
from corrections.domain.proposal import Proposal
from corrections.models import Case, Decision
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Revision, StaffMember
from tests.factories import NOW, as_actor, make_case

pytestmark = pytest.mark.django_db
WORDS = ("title", "standfirst", "body", "photo_alternative", "caption", "credit")
Browse = Callable[[StaffMember], Client]


@pytest.fixture
def maker(author: StaffMember) -> StaffMember:
    """The author, who has become an administrator."""
    StaffMember.objects.filter(pk=author.pk).update(role="administrator", is_staff=True)
    return StaffMember.objects.get(pk=author.pk)


def content_of(article: Article) -> Content:
    return Content.of(articles.latest_revision(Article.objects.get(pk=article.pk)))


def corrected(article: Article, editor: StaffMember, **changes: Any) -> Case:
    """A decided case whose notice says that 12,000 was wrong."""
    case, before = make_case(article), content_of(article)
    guard: dict[str, Any] = {"actor": as_actor(editor), "now": NOW}
    assignment.claim(case, expected_version=case.version, **guard)
    after = replace(before, body=before.body.replace("12,000", "1,200"))
    proposal = Proposal("upheld", "correction", "صحيح.", notice_text="الصحيح 1,200.", content=replace(after, **changes))
    decide(case, proposal, expected_version=case.version, **guard)
    return case


def change(client: Client, article: Article, kind: str = "update", **fields: Any) -> list[str]:
    """What the administration's form says against a change; nothing where it was made."""
    latest = Article.objects.get(pk=article.pk).latest
    words = {name: getattr(content_of(article), name) for name in WORDS}
    sent = {**words, "change": kind, "expected_revision": latest, **fields}
    answer = client.post(f"/ar/admin/newsroom/article/{article.pk}/change/", sent)
    made = Article.objects.get(pk=article.pk).latest == latest + 1
    assert made == (answer.status_code == 302)
    return [] if made else [str(each) for each in answer.context["adminform"].form.non_field_errors()]


def withdraw(client: Client, article: Article) -> list[str]:
    latest = Article.objects.get(pk=article.pk).latest
    sent = {"reason": "خطأ", "expected_revision": latest}
    answer = client.post(f"/ar/admin/newsroom/article/{article.pk}/withdraw/", sent)
    gone = Article.objects.get(pk=article.pk).is_withdrawn
    assert gone == (answer.status_code == 302)
    return [] if gone else [str(each) for each in answer.context["form"].non_field_errors()]


@pytest.mark.parametrize("state", ["open", "held", "complaint", "notice"])
def test_who_made_an_article_changes_it_neither_under_a_report_nor_under_a_notice(
    article: Article, maker: StaffMember, editor: StaffMember, signed_in: Browse, state: str
) -> None:
    if state == "notice":
        corrected(article, editor)
    else:
        case = make_case(article, kind="complaint" if state == "complaint" else "correction")
        Case.objects.filter(pk=case.pk, status="new").update(status="held" if state == "held" else "new")
    client, revisions = signed_in(maker), Revision.objects.count()
    said = change(client, article, standfirst="مقدمة أخرى.") + change(client, article, "minor_fix", credit="سامر نعمه")
    assert (len(said), len(set(said))) == (2, 1)
    assert withdraw(client, article) != []
    assert Revision.objects.count() == revisions


def test_who_made_an_article_of_which_nobody_has_reported_changes_and_withdraws_it(
    article: Article, maker: StaffMember, editor: StaffMember, signed_in: Browse
) -> None:
    client = signed_in(maker)
    assert change(client, article, standfirst="مقدمة أخرى.") == []
    assert withdraw(client, article) == []


def test_what_a_notice_put_right_no_colleague_changes_or_puts_back(
    article: Article, administrator: StaffMember, editor: StaffMember, signed_in: Browse
) -> None:
    wrong = content_of(article).body
    corrected(article, editor)
    client, right = signed_in(administrator), content_of(article).body
    for body in (wrong, right.replace("1,200", "1,201"), right.partition("\n")[0], f"{right}\n{wrong}"):
        (said,) = change(client, article, body=body)
        assert "المحطة تخدم" in said
    assert change(client, article, standfirst="مقدمة أخرى.", body=f"{right}\n<p>فقرة جديدة.</p>") == []


def test_a_headline_that_a_notice_changed_stays(
    article: Article, administrator: StaffMember, editor: StaffMember, signed_in: Browse
) -> None:
    first = content_of(article).title
    corrected(article, editor, title="عنوان مصحح")
    client = signed_in(administrator)
    assert len(change(client, article, title=first)) == len(change(client, article, title="غيره")) == 1


def test_the_desk_itself_changes_what_it_has_published(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    corrected(article, editor)
    case, before = make_case(article, text="كلمات أخرى."), content_of(article)
    guard: dict[str, Any] = {"actor": as_actor(second_editor), "now": NOW}
    assignment.claim(case, expected_version=case.version, **guard)
    content = replace(before, body=before.body.replace("1,200", "1,250"))
    proposal = Proposal("upheld", "correction", "صحيح.", notice_text="الصحيح 1,250.", content=content)
    decide(case, proposal, expected_version=case.version, **guard)
    assert "1,250" in content_of(article).body


def test_a_notice_that_was_taken_back_keeps_nothing(
    article: Article, administrator: StaffMember, editor: StaffMember, signed_in: Browse
) -> None:
    case = corrected(article, editor)
    step = case.events.get(happening="decided")
    undo.undo(case, step, actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert Decision.objects.get().state == "taken_back"
    assert change(signed_in(administrator), article, body="<p>نص آخر.</p>") == []


@pytest.mark.parametrize("state", ["open", "notice"])
def test_an_article_with_reports_is_withdrawn_by_a_decision_alone(
    article: Article, administrator: StaffMember, editor: StaffMember, signed_in: Browse, state: str
) -> None:
    if state == "open":
        make_case(article)
    else:
        corrected(article, editor)
    assert ["توقيع ثانٍ" in sentence for sentence in withdraw(signed_in(administrator), article)] == [True]
