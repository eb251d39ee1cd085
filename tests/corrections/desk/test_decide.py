"""The page on which an editor decides: form, preview, decision, and every way in which it can go wrong."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from corrections.desk.article_editing import edited_content, editing_fields, typed_for
from corrections.domain import conversation
from corrections.enums import Status, WaitingOn
from corrections.models import Case, Decision, Event, Notice
from newsroom import articles
from newsroom.articles import Content, latest_revision
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, happenings, now, press, stored, text_of
from tests.factories import as_actor, make_article, make_case

RIGHT = "وقالت هدى العلي إن المحطة تخدم نحو 1,200 أسرة، وإن الضخ سيجري يومًا بعد يوم."
NOTICE = "ورد في نسخة سابقة أن المحطة تخدم 12,000 أسرة. الصحيح 1,200."


def answers(case: Case, **changes: Any) -> dict[str, Any]:
    """A filled-in form that corrects the second paragraph."""
    article = Article.objects.get(pk=case.article_id)
    words = {field.name: field.value for field in editing_fields(Content.of(latest_revision(article)))}
    return {
        "expected_version": stored(case).version,
        "expected_revision": article.latest,
        **words,
        "block-1": RIGHT,
        "remedy": "correction",
        "reason": "الرقم في تقرير البلدية.",
        "notice_text": NOTICE,
        **changes,
    }


def send(client: Client, case: Case, button: str = "publish", **changes: Any) -> Any:
    return client.post(address_of(case, "decide"), {**answers(case, **changes), button: "1"})


def revise(article: Article, paragraph: str, editor: StaffMember) -> None:
    """Somebody else publishes another version of the first paragraph."""
    current = Content.of(latest_revision(Article.objects.get(pk=article.pk)))
    first, _end, rest = current.body.partition("</p>")
    assert first
    articles.revise(
        article.pk,
        Content(**{**current.as_data(), "body": f"<p>{paragraph}</p>{rest}"}),
        change="update",
        origin=Revision.Origin.DESK,
        expected_revision=Article.objects.get(pk=article.pk).latest,
        by=editor,
        now=now(),
    )


def body_of(case: Case) -> str:
    return latest_revision(Article.objects.get(pk=case.article_id)).body


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Decision, Notice, Revision))


def test_the_form_shows_the_article_paragraph_by_paragraph(desk: Client, case_in_review: Case) -> None:
    page = desk.get(address_of(case_in_review, "decide")).content.decode()
    assert fields_in(page, "title") == ["عودة ضخ المياه إلى عين الزيتون"]
    assert fields_in(page, "block-0") == ["أعلنت البلدية عودة ضخ المياه إلى أحياء البلدة كافة."]
    assert fields_in(page, "expected_revision") == ["1"]


def test_publishing_corrects_the_article_and_carries_the_notice(
    desk: Client, case_in_review: Case, editor: StaffMember
) -> None:
    response = send(desk, case_in_review)
    assert (response.status_code, response["Location"]) == (302, address_of(case_in_review))
    assert "1,200 أسرة" in body_of(case_in_review)
    assert Notice.objects.get(article=case_in_review.article).text == NOTICE
    decision = Decision.objects.get(case=case_in_review)
    assert (decision.finding, decision.remedy, decision.decided_by) == ("upheld", "correction", editor)
    assert stored(case_in_review).status == Status.DECIDED


def test_a_note_without_a_change_was_not_right(desk: Client, case_in_review: Case) -> None:
    send(desk, case_in_review, remedy="none", notice_text="")
    decision = Decision.objects.get(case=case_in_review)
    assert (decision.finding, decision.remedy) == ("not_upheld", "none")
    assert "12,000" in body_of(case_in_review)


def test_a_finding_that_was_chosen_is_kept(desk: Client, case_in_review: Case) -> None:
    send(desk, case_in_review, finding="partly_upheld")
    assert Decision.objects.get(case=case_in_review).finding == "partly_upheld"


def test_the_preview_shows_the_difference_and_a_drafted_notice_and_changes_nothing(
    desk: Client, case_in_review: Case
) -> None:
    before = counts()
    response = send(desk, case_in_review, "preview", notice_text="")
    page = response.content.decode()
    assert response.status_code == 200
    assert '<del><span class="vh">حذف: </span>12,000</del>' in page.replace("حُذف", "حذف")
    assert "1,200</ins>" in page
    assert "1,200" in fields_in(page, "notice_text")[0]
    assert fields_in(page, "block-1") == [RIGHT]
    assert (counts(), stored(case_in_review).status) == (before, Status.IN_REVIEW)


def test_the_button_of_a_preview_decides_on_what_was_shown_and_on_nothing_else(
    desk: Client, case_in_review: Case
) -> None:
    changed = {"reason": "سطر أول.\r\nسطر ثانٍ.", "notice_text": "", "finding": ""}
    page = send(desk, case_in_review, "preview", **changed)
    [drafted] = fields_in(page.content.decode(), "notice_text")
    whole = {**answers(case_in_review, **changed), "notice_text": drafted.replace("\n", "\r\n")}
    mark = page.context["previewed_mark"]
    for name, words in (("reason", "سبب آخر."), ("block-1", RIGHT + " كلمة."), ("remedy", "none")):
        again = desk.post(address_of(case_in_review, "decide"), {**whole, name: words, "previewed": mark})
        assert (again.status_code, again.context["previewed_mark"] == mark) == (200, False)
        assert "عُدّل شيء في الأسفل بعد المعاينة، فلم يصدر أي قرار" in text_of(again)
    assert Decision.objects.count() == 0
    assert desk.post(address_of(case_in_review, "decide"), {**whole, "previewed": mark}).status_code == 302
    assert Decision.objects.get().reason == "سطر أول.\nسطر ثانٍ."


def test_the_preview_keeps_a_notice_that_was_written(desk: Client, case_in_review: Case) -> None:
    assert fields_in(send(desk, case_in_review, "preview").content.decode(), "notice_text") == [NOTICE]


@pytest.mark.parametrize(
    ("changes", "finding", "follows", "button"),
    [
        ({}, "الملاحظة صحيحة", True, "إقرار ونشر"),
        ({"finding": "partly_upheld"}, "الملاحظة صحيحة جزئيًا", False, "إقرار ونشر"),
        ({"remedy": "none", "notice_text": ""}, "الملاحظة غير صحيحة", True, "إصدار القرار"),
        ({"remedy": "retraction"}, "الملاحظة صحيحة", True, "إرسال للتوقيع الثاني"),
    ],
    ids=["correction", "finding chosen", "nothing changed", "second signature"],
)
def test_the_preview_says_the_finding_and_ends_with_the_button_that_does_what_it_says(
    desk: Client, case_in_review: Case, changes: dict[str, str], finding: str, follows: bool, button: str
) -> None:
    page = send(desk, case_in_review, "preview", **changes).content.decode()
    preview = page.partition('id="preview-head"')[2].partition("</section>\n  <form")[0]
    assert finding in preview
    assert ("النتيجة تتبع الإجراء" in preview) is follows
    assert re.findall(r'form="decision" name="previewed" value="[0-9a-f]{64}">([^<]*)</button>', preview) == [button]


def test_a_serious_outcome_is_sent_for_a_second_approval(
    desk: Client, standards_desk: Client, case_in_review: Case, standards_editor: StaffMember
) -> None:
    retraction = {"remedy": "retraction", "notice_text": "سُحب هذا المقال لأن أساسه غير صحيح."}
    preview = send(desk, case_in_review, "preview", **retraction)
    assert preview.context["preview"].needs_second_signature
    send(desk, case_in_review, **retraction)
    waiting = stored(case_in_review)
    assert (waiting.status, waiting.waiting_on) == (Status.WAITING, WaitingOn.SECOND_SIGNATURE)
    assert {"sign", "refuse"}.isdisjoint(desk.get(address_of(case_in_review)).context["forms"])
    assert press(desk, case_in_review, "sign").status_code == 403
    assert {"sign", "refuse"} <= set(standards_desk.get(address_of(case_in_review)).context["forms"])
    press(standards_desk, case_in_review, "sign")
    assert Article.objects.get(pk=case_in_review.article_id).is_withdrawn
    assert Decision.objects.get(case=case_in_review).signed_by == standards_editor
    assert standards_desk.get(address_of(case_in_review)).status_code == 200


def test_a_refused_signature_needs_a_reason_and_publishes_nothing(
    desk: Client, standards_desk: Client, case_in_review: Case
) -> None:
    send(desk, case_in_review, remedy="retraction", notice_text="سُحب هذا المقال لأن أساسه غير صحيح.")
    assert press(standards_desk, case_in_review, "refuse", reason="").status_code == 422
    press(standards_desk, case_in_review, "refuse", reason="يكفي التصحيح.")
    assert stored(case_in_review).status == Status.IN_REVIEW
    assert not Article.objects.get(pk=case_in_review.article_id).is_withdrawn
    assert "يكفي التصحيح." in text_of(standards_desk.get(address_of(case_in_review)))


def test_the_signer_sees_what_would_change(desk: Client, standards_desk: Client, complaint: Case) -> None:
    press(standards_desk, complaint, "claim")
    send(standards_desk, complaint, finding="not_upheld", remedy="none", notice_text="")
    page = desk.get(address_of(complaint))
    assert (stored(complaint).waiting_on, "sign" in page.context["forms"]) == (WaitingOn.SECOND_SIGNATURE, True)
    assert "الرقم في تقرير البلدية." in text_of(page)


def test_a_complaint_names_its_finding_and_clauses(standards_desk: Client, complaint: Case) -> None:
    press(standards_desk, complaint, "claim")
    missing = send(standards_desk, complaint)
    assert list(missing.context["form"].errors) == ["finding"]
    response = send(standards_desk, complaint, finding="upheld", clauses=["fairness"])
    assert response.status_code == 302
    assert [clause.key for clause in Decision.objects.get(case=complaint).clauses.all()] == ["fairness"]


def test_an_editor_does_not_decide_a_complaint(desk: Client, complaint: Case) -> None:
    press(desk, complaint, "claim")
    assert desk.get(address_of(complaint, "decide")).status_code == 403
    assert send(desk, complaint, finding="upheld", clauses=["fairness"]).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"notice_text": ""}, "notice_text"),
        ({"remedy": ""}, "remedy"),
        ({"remedy": "applause"}, "remedy"),
        ({"finding": "perhaps"}, "finding"),
        ({"finding": "inadmissible", "remedy": "none"}, "ground"),
        ({"finding": "not_upheld"}, "remedy"),
        ({"reason": "ا" * 4001}, "reason"),
        ({"expected_version": ""}, "expected_version"),
        ({"expected_revision": "-1"}, "expected_revision"),
        ({"expected_revision": "9" * 30}, "expected_revision"),
    ],
)
def test_what_is_missing_is_said_at_the_field_and_every_word_stays(
    desk: Client, case_in_review: Case, changes: dict[str, str], field: str
) -> None:
    before = counts()
    response = send(desk, case_in_review, note="للفريق وحده.", **changes)
    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert fields_in(page, "block-1") == [RIGHT]
    assert fields_in(page, "note") == ["للفريق وحده."]
    assert fields_in(page, "reason") == [changes.get("reason", "الرقم في تقرير البلدية.")]
    assert counts() == before


@pytest.mark.parametrize(
    "changes",
    [{"block-1": "وقالت هدى العلي إن المحطة تخدم نحو 12,000 أسرة، وإن الضخ سيجري يومًا بعد يوم."}, {"title": " "}],
    ids=["nothing changed", "no headline"],
)
def test_faults_of_the_article_stand_beside_it(desk: Client, case_in_review: Case, changes: dict[str, str]) -> None:
    response = send(desk, case_in_review, **changes)
    page = response.content.decode()
    assert (response.status_code, len(response.context["article_faults"])) == (422, 1)
    assert page.count(str(response.context["article_faults"][0].message)) == 2
    assert 'href="#title"' in page


def test_a_case_changed_meanwhile_is_shown_and_pressing_again_decides(
    desk: Client, case_in_review: Case, second_editor: StaffMember
) -> None:
    form = answers(case_in_review)
    conversation.add_note(
        case_in_review,
        "من زميل.",
        actor=as_actor(second_editor),
        expected_version=case_in_review.version,
        now=now(),
    )
    stale = desk.post(address_of(case_in_review, "decide"), form)
    page = stale.content.decode()
    assert (stale.status_code, [each.event.happening for each in stale.context["missed"]]) == (409, ["note_added"])
    assert fields_in(page, "block-1") == [RIGHT]
    assert fields_in(page, "notice_text") == [NOTICE]
    again = {**form, "expected_version": fields_in(page, "expected_version")[0]}
    assert desk.post(address_of(case_in_review, "decide"), again).status_code == 302
    assert happenings(case_in_review)[-2:] == ["decided", "notice_published"]


@pytest.mark.parametrize("button", ["publish", "preview"])
def test_a_revision_published_meanwhile_is_never_undone(
    desk: Client, case_in_review: Case, second_editor: StaffMember, button: str
) -> None:
    form = answers(case_in_review)
    revise(case_in_review.article, "أعلنت البلدية عودة الضخ إلى حيين.", second_editor)
    stale = desk.post(address_of(case_in_review, "decide"), {**form, button: "1"})
    page = stale.content.decode()
    assert (stale.status_code, stale.context["changed_meanwhile"] != []) == (409, True)
    assert fields_in(page, "block-0") == ["أعلنت البلدية عودة الضخ إلى حيين."]
    assert fields_in(page, "block-1") == [RIGHT]
    assert fields_in(page, "expected_revision") == ["2"]
    carried = {name: fields_in(page, name)[0] for name in form if fields_in(page, name)}
    assert desk.post(address_of(case_in_review, "decide"), {**form, **carried}).status_code == 302
    assert "حيين" in body_of(case_in_review)
    assert "1,200 أسرة" in body_of(case_in_review)


def test_a_revision_after_the_proposal_is_not_undone_by_the_signature(
    desk: Client, standards_desk: Client, complaint: Case, second_editor: StaffMember
) -> None:
    press(standards_desk, complaint, "claim")
    send(standards_desk, complaint, finding="partly_upheld", remedy="retraction", clauses=["fairness"])
    revise(complaint.article, "أعلنت البلدية عودة الضخ إلى حيين.", second_editor)
    response = press(desk, complaint, "sign")
    assert (response.status_code, stored(complaint).waiting_on) == (409, WaitingOn.SECOND_SIGNATURE)
    assert not Article.objects.get(pk=complaint.article_id).is_withdrawn


def test_an_article_withdrawn_meanwhile_is_not_changed(desk: Client, case_in_review: Case) -> None:
    form = answers(case_in_review)
    taken: dict[str, Any] = {"reason": "سُحب.", "expected_revision": 1, "by": None, "now": now(), "origin": "desk"}
    articles.withdraw(case_in_review.article_id, **taken)
    response = desk.post(address_of(case_in_review, "decide"), form)
    assert (response.status_code, fields_in(response.content.decode(), "block-1")) == (409, [RIGHT])
    assert stored(case_in_review).status == Status.IN_REVIEW


@pytest.mark.parametrize("taken", [False, True], ids=["new", "decided"])
def test_a_case_that_cannot_be_decided_from_where_it_stands_is_a_conflict(
    desk: Client, case: Case, taken: bool
) -> None:
    if taken:
        press(desk, case, "claim")
        send(desk, case)
    before = counts()
    assert desk.get(address_of(case, "decide"))["Location"] == address_of(case)
    for button in ("preview", "publish"):
        response = send(desk, case, button, **{"block-1": "غير ذلك."})
        assert (response.status_code, fields_in(response.content.decode(), "block-1")) == (409, ["غير ذلك."])
    assert counts() == before


@pytest.mark.parametrize("remedy", ["correction", "editors_note"])
def test_the_same_decision_sent_twice_publishes_once(desk: Client, case_in_review: Case, remedy: str) -> None:
    form = answers(case_in_review, remedy=remedy)
    assert [desk.post(address_of(case_in_review, "decide"), form).status_code for _press in range(2)] == [302, 409]
    assert (Notice.objects.count(), Decision.objects.count()) == (1, 1)


def test_an_expired_form_keeps_everything(strict_desk: Client, case_in_review: Case) -> None:
    response = send(strict_desk, case_in_review)
    page = response.content.decode()
    assert response.status_code == 403
    assert [fields_in(page, name)[0] for name in ("block-1", "notice_text")] == [RIGHT, NOTICE]
    assert not Decision.objects.exists()


def test_hostile_words_stay_words(desk: Client, case_in_review: Case) -> None:
    changes = dict.fromkeys(("block-0", "title", "caption", "credit", "reason", "note", "notice_text"), HOSTILE)
    for button in ("preview", "publish"):
        page = send(desk, case_in_review, button, **changes).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    for path in (address_of(case_in_review), "/ar/desk/notices/", f"/ar/{case_in_review.article_id}/"):
        page = desk.get(path, follow=True).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_a_paragraph_left_open_is_shown_again_as_it_was_typed(desk: Client, case_in_review: Case) -> None:
    typed = "بداية <i>مفتوحة </p><p> a < b"
    page = send(desk, case_in_review, reason="", **{"block-0": typed}).content.decode()
    assert fields_in(page, "block-0") == [typed]
    assert fields_in(page, "block-1") == [RIGHT]


def test_a_long_article_fits_into_the_form(desk: Client, case_in_review: Case) -> None:
    # Written as an address would be, Arabic letters take three times the room, and the form would be refused.
    assert 'enctype="multipart/form-data"' in desk.get(address_of(case_in_review, "decide")).content.decode()
    long_text = "كلمة " * 45_000
    response = send(desk, case_in_review, **{"block-0": long_text})
    assert response.status_code == 302


def test_a_decision_taken_back_gives_all_its_words_back(desk: Client, case_in_review: Case, settings: Any) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    split = RIGHT.replace("، وإن", "\n\nوإن")
    send(desk, case_in_review, note="راجعنا الجدول.", **{"block-1": split})
    page = desk.get(address_of(case_in_review))
    assert "موعد الإرسال الساعة" in text_of(page)
    assert 'data-countdown="' in page.content.decode()
    press(desk, case_in_review, "undo", step=3)
    form = desk.get(address_of(case_in_review, "decide"))
    back = form.content.decode()
    assert [fields_in(back, name) for name in ("block-1", "note")] == [[split], ["راجعنا الجدول."]]
    assert form.context["form"]["remedy"].value() == "correction"
    assert "القرار الذي جرى التراجع عنه" in text_of(form)
    assert send(desk, case_in_review).status_code == 302


def test_a_refused_signature_gives_the_words_back_to_the_form(
    desk: Client, standards_desk: Client, complaint: Case, administrator: StaffMember, signed_in: Any
) -> None:
    press(standards_desk, complaint, "claim")
    send(standards_desk, complaint, finding="not_upheld", remedy="none", clauses=["fairness"], reason="السبب.")
    press(signed_in(administrator), complaint, "refuse", reason="غير كاف")
    form = standards_desk.get(address_of(complaint, "decide"))
    values = {name: form.context["form"][name].value() for name in ("finding", "remedy", "reason", "clauses")}
    assert values == {"finding": "not_upheld", "remedy": "none", "reason": "السبب.", "clauses": ["fairness"]}
    assert "القرار الذي رُفض توقيعه" in text_of(form)


def test_a_notice_taken_back_leaves_the_article_and_stays_in_the_register(
    desk: Client, reader: Client, case_in_review: Case, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    send(desk, case_in_review)
    press(desk, case_in_review, "undo", step=3)
    notice = Notice.objects.get()
    article = reader.get(f"/ar/{case_in_review.article_id}/", follow=True).content.decode()
    assert (NOTICE in article, "1,200 أسرة" in article, "12,000 أسرة" in article) == (False, False, True)
    for path in (f"/ar/corrections/{notice.pk}/", "/ar/corrections/", "/ar/corrections/feed.atom", "/ar/desk/notices/"):
        page = (desk if "desk" in path else reader).get(path)
        assert (page.status_code, NOTICE in page.content.decode()) == (200, True), path
        assert "جرى التراجع عن" in page.content.decode(), path
    assert "إعادة النص السابق" in reader.get(f"/ar/{case_in_review.article_id}/revisions/").content.decode()


def test_what_the_reader_wrote_stands_beside_the_decision_with_the_passage_and_the_sources(
    desk: Client, article: Article
) -> None:
    case = make_case(article, now=now(), place="2", sources="انظر https://example.org/report")
    press(desk, case, "claim")
    page = desk.get(address_of(case, "decide")).content.decode()
    assert case.summary in page.partition("<details")[2].partition("</details>")[0]
    assert "وقالت هدى العلي" in page.partition('<blockquote class="quote user"')[2].partition("</blockquote>")[0]
    assert '<a href="https://example.org/report" rel="nofollow">https://example.org/report</a>' in page


@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_the_form_costs_the_same_for_3_paragraphs_and_for_300(standards_desk: Client, kind: str) -> None:
    costs = []
    for number in (3, 300):
        content = Content(title="مقال", body="".join(f"<p>الفقرة {each}</p>" for each in range(number)))
        case = make_case(make_article("ar", content=content), now=now(), kind=kind)
        press(standards_desk, case, "claim")
        asked = answers(case, finding="upheld", clauses=["fairness"], preview="1")
        for fields in (None, asked):
            with CaptureQueriesContext(connection) as queries:
                address = address_of(case, "decide")
                response = standards_desk.post(address, fields) if fields else standards_desk.get(address)
            assert response.status_code == 200
            costs.append(len(queries))
    assert costs[:2] == costs[2:]
    assert max(costs) <= 12


PARAGRAPHS = st.lists(st.text("ابت", min_size=1, max_size=3), min_size=1, max_size=6)


@given(PARAGRAPHS, PARAGRAPHS)
def test_whatever_was_typed_can_be_typed_again(before: list[str], after: list[str]) -> None:
    was, is_to_be = (
        Content(title="ع", body="\n".join(f"<p>{each}</p>" for each in words)) for words in (before, after)
    )
    assert edited_content(typed_for(is_to_be, was), was) == is_to_be


def test_the_clauses_that_the_reader_chose_are_ticked_and_marked_and_the_finding_is_named_as_in_the_letter(
    standards_desk: Client, article: Article
) -> None:
    complaint = make_case(article, now=now(), kind="complaint", clause_keys=("privacy",))
    press(standards_desk, complaint, "claim")
    response = standards_desk.get(address_of(complaint, "decide"))
    ticked = [box for box in response.context["form"]["clauses"].subwidgets if box.data["selected"]]
    assert [(str(box.data["value"]), "ورد في الشكوى" in str(box.choice_label)) for box in ticked] == [("privacy", True)]
    labels = [str(label) for _value, label in response.context["form"].fields["finding"].choices]
    assert labels[:3] == ["الشكوى محقّة", "الشكوى محقّة جزئيًا", "الشكوى غير محقّة"]
