"""Everything that one press of a button does to a case, and everything that it refuses to do."""

from collections.abc import Callable

import pytest
from django.test import Client

from corrections.domain import assignment, conversation, decisions, moves
from corrections.domain.proposal import Proposal
from corrections.domain.timeline import CLOCK, record
from corrections.enums import DeliveryStatus, Happening, Status, WaitingOn
from corrections.models import Case, Delivery, Message
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, happenings, now, press, stored, text_of
from tests.factories import as_actor, make_article, make_case


def decided(case: Case, editor: StaffMember) -> Case:
    decisions.decide(
        case,
        Proposal(finding="not_upheld", remedy="none", reason="الرقم صحيح."),
        actor=as_actor(editor),
        expected_version=case.version,
        now=now(),
    )
    return case


def test_claiming_takes_a_new_case_and_starts_the_review(desk: Client, case: Case, editor: StaffMember) -> None:
    response = press(desk, case, "claim")
    assert (response.status_code, response["Location"]) == (302, address_of(case))
    assert (stored(case).status, stored(case).assigned_to_id) == (Status.IN_REVIEW, editor.pk)


def test_assigning_hands_the_case_to_another(desk: Client, case_in_review: Case, second_editor: StaffMember) -> None:
    press(desk, case_in_review, "assign", assignee=second_editor.pk)
    assert stored(case_in_review).assigned_to_id == second_editor.pk


@pytest.mark.parametrize("assignee", ["", "0", "-1", "99999999", "9" * 30, "x", "\u0663"])
def test_assigning_to_nobody_is_refused_at_the_field(desk: Client, case_in_review: Case, assignee: str) -> None:
    response = press(desk, case_in_review, "assign", assignee=assignee)
    assert response.status_code == 422
    assert "assignee" in response.context["forms"]["assign"].errors
    assert happenings(case_in_review) == ["received", "claimed"]


def test_nobody_is_given_a_case_about_their_own_article(
    desk: Client, case_in_review: Case, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    response = press(desk, case_in_review, "assign", assignee=author.pk)
    assert response.status_code == 403
    assert stored(case_in_review).assigned_to_id != author.pk


def test_a_question_stops_the_clock_and_is_kept(desk: Client, case_in_review: Case) -> None:
    press(desk, case_in_review, "ask", text="ما مصدر الرقم؟")
    asked = stored(case_in_review)
    assert (asked.status, asked.waiting_on) == (Status.WAITING, WaitingOn.READER)
    assert Message.objects.get(case=asked, purpose="question").text == "ما مصدر الرقم؟"


def test_a_message_to_the_reader_asks_nothing(desk: Client, case_in_review: Case) -> None:
    press(desk, case_in_review, "message", text="نراجع الرقم.")
    assert stored(case_in_review).status == Status.IN_REVIEW
    assert happenings(case_in_review)[-1] == "message_sent"


def test_a_note_stays_on_the_desk(desk: Client, case: Case) -> None:
    press(desk, case, "note", text="الرقم في الجدول الثاني.")
    assert Message.objects.get(case=case, purpose="note").text == "الرقم في الجدول الثاني."
    assert not Delivery.objects.filter(event__happening="note_added").exists()


@pytest.mark.parametrize("name", ["ask", "message", "note"])
@pytest.mark.parametrize("text", ["", "   \n", "\u202e\u200b"])
def test_a_missing_text_is_refused_at_the_field(desk: Client, case_in_review: Case, name: str, text: str) -> None:
    response = press(desk, case_in_review, name, text=text)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#text_text"' in page
    assert 'id="text_text_error"' in page
    assert page.count("<title>خطأ: ") == 1
    assert happenings(case_in_review) == ["received", "claimed"]


def test_a_text_that_is_too_long_comes_back_whole(desk: Client, case_in_review: Case) -> None:
    text = "كلمة " * 1000
    response = press(desk, case_in_review, "note", text=text)
    assert response.status_code == 422
    assert fields_in(response.content.decode(), "text") == [text]


@pytest.mark.parametrize("severity", ["", "safety", "serious", "minor"])
def test_severity_is_set(desk: Client, case: Case, severity: str) -> None:
    press(desk, case, "severity", severity=severity)
    assert (stored(case).severity, happenings(case)) == (severity, ["received", "severity_set"])


def test_an_unknown_severity_is_refused(desk: Client, case: Case) -> None:
    assert press(desk, case, "severity", severity="apocalyptic").status_code == 422
    assert happenings(case) == ["received"]


def test_a_correction_becomes_a_complaint_with_a_clause(desk: Client, case: Case) -> None:
    press(desk, case, "kind", kind="complaint", clauses="fairness")
    assert stored(case).kind == "complaint"
    assert [clause.key for clause in stored(case).clauses.all()] == ["fairness"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "complaint", "clauses": ""}, "clauses"),
        ({"kind": "complaint", "clauses": "no-such-clause"}, "clauses"),
        ({"kind": "correction"}, "kind"),
        ({"kind": "gossip"}, "kind"),
        ({"kind": ""}, "kind"),
    ],
)
def test_a_change_of_kind_that_makes_no_sense_is_refused(
    desk: Client, case: Case, fields: dict[str, str], field: str
) -> None:
    response = press(desk, case, "kind", **fields)
    assert (response.status_code, list(response.context["forms"]["kind"].errors)) == (422, [field])
    assert happenings(case) == ["received"]


def test_a_held_case_is_released_again(desk: Client, case: Case) -> None:
    press(desk, case, "hold", reason="campaign")
    assert stored(case).status == Status.HELD
    press(desk, case, "release")
    assert stored(case).status == Status.NEW


def test_going_on_without_an_answer(desk: Client, case_in_review: Case) -> None:
    press(desk, case_in_review, "ask", text="ما المصدر؟")
    press(desk, case_in_review, "resume")
    assert (stored(case_in_review).status, stored(case_in_review).waiting_on) == (Status.IN_REVIEW, "")


def test_a_decided_case_is_closed_and_reopened_by_a_senior(
    desk: Client, standards_desk: Client, case_in_review: Case, editor: StaffMember
) -> None:
    decided(case_in_review, editor)
    press(desk, case_in_review, "close")
    assert stored(case_in_review).status == Status.CLOSED
    assert press(desk, case_in_review, "reopen", reason="وصل دليل جديد.").status_code == 403
    press(standards_desk, case_in_review, "reopen", reason="وصل دليل جديد.")
    assert stored(case_in_review).status == Status.IN_REVIEW


def test_reopening_needs_a_reason(standards_desk: Client, case_in_review: Case, editor: StaffMember) -> None:
    decided(case_in_review, editor)
    response = press(standards_desk, case_in_review, "reopen", reason=" ")
    assert response.status_code == 422
    assert 'href="#reopen_reason"' in response.content.decode()
    assert stored(case_in_review).status == Status.DECIDED


def test_a_report_is_joined_to_another_and_separated_again(
    desk: Client, case_in_review: Case, article: Article
) -> None:
    lead = make_case(article, now=now(), text="الرقم مبالغ فيه.")
    number = lead.number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    press(desk, case_in_review, "duplicate", lead=f" {number} ")
    assert (stored(case_in_review).status, stored(case_in_review).lead_id) == (Status.DUPLICATE, lead.pk)
    press(desk, case_in_review, "unlink")
    assert (stored(case_in_review).status, stored(case_in_review).lead_id) == (Status.IN_REVIEW, None)


@pytest.mark.parametrize(
    "lead", ["", "1", "2025/", "/1", "1999/1", "9" * 150, "2025/" + "9" * 100, "../../etc", HOSTILE]
)
def test_a_leading_case_that_is_none_is_refused_at_the_field(desk: Client, case_in_review: Case, lead: str) -> None:
    response = press(desk, case_in_review, "duplicate", lead=lead)
    assert response.status_code == 422
    assert 'href="#duplicate_lead"' in response.content.decode()
    assert fields_in(response.content.decode(), "lead") == ([lead] if lead else [])


def test_a_case_about_another_article_cannot_lead(desk: Client, case_in_review: Case) -> None:
    other = make_case(make_article("ar"), now=now())
    assert press(desk, case_in_review, "duplicate", lead=other.number).status_code == 422


def test_a_reveal_shows_name_and_address_once_and_is_written_down(desk: Client, case: Case) -> None:
    hidden = desk.get(address_of(case)).content.decode()
    shown = press(desk, case, "reveal", reason="اتصال هاتفي للتحقق.")
    assert "reader@example.org" not in hidden
    assert (shown.status_code, "reader@example.org" in shown.content.decode()) == (200, True)
    assert "أم سامر" in shown.content.decode()
    assert happenings(case)[-1] == "identity_revealed"
    assert "reader@example.org" not in desk.get(address_of(case)).content.decode()


def test_three_presses_of_one_reveal_are_written_down_once(desk: Client, case: Case) -> None:
    seen = stored(case).version
    pages = [press(desk, case, "reveal", reason="اتصال", expected_version=seen) for _press in range(3)]
    assert ["reader@example.org" in page.content.decode() for page in pages] == [True] * 3
    assert happenings(case).count("identity_revealed") == 1
    press(desk, case, "reveal", reason="سبب آخر", expected_version=seen)
    press(desk, case, "reveal", reason="اتصال")
    assert happenings(case).count("identity_revealed") == 3


def test_a_reveal_without_a_reason_shows_nothing(desk: Client, case: Case) -> None:
    response = press(desk, case, "reveal", reason="")
    assert (response.status_code, "reader@example.org" in response.content.decode()) == (422, False)
    assert happenings(case) == ["received"]


def test_a_case_without_name_and_address_offers_no_reveal(desk: Client, article: Article) -> None:
    nameless = make_case(article, now=now())
    assert "reveal" not in desk.get(address_of(nameless)).context["forms"]


def test_a_failed_mail_is_visible_and_sent_again(desk: Client, case: Case) -> None:
    delivery = Delivery.objects.filter(event__case=case).latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(status=DeliveryStatus.FAILED, fault="smtp-550")
    assert "smtp-550" in text_of(desk.get(address_of(case)))
    response = desk.post(address_of(case, "resend", delivery=delivery.pk))
    assert response.status_code == 302
    assert Delivery.objects.get(pk=delivery.pk).status == DeliveryStatus.PENDING


def test_a_mail_that_has_not_failed_is_not_sent_again(desk: Client, case: Case) -> None:
    delivery = Delivery.objects.filter(event__case=case).latest("pk")
    Delivery.objects.filter(pk=delivery.pk).update(status=DeliveryStatus.SENT)
    assert desk.post(address_of(case, "resend", delivery=delivery.pk)).status_code == 409
    assert Delivery.objects.get(pk=delivery.pk).status == DeliveryStatus.SENT


def test_the_mail_of_another_case_is_not_sent_from_here(desk: Client, case: Case, english_article: Article) -> None:
    other = make_case(english_article, now=now(), address="else@example.org", wants_mail=True)
    foreign = Delivery.objects.filter(event__case=other).latest("pk")
    Delivery.objects.filter(pk=foreign.pk).update(status=DeliveryStatus.FAILED)
    assert desk.post(address_of(case, "resend", delivery=foreign.pk)).status_code == 409
    assert Delivery.objects.get(pk=foreign.pk).status == DeliveryStatus.FAILED


@pytest.mark.parametrize(("delivery", "status"), [(0, 409), (2**63 - 1, 409), (2**63, 404), (10**30, 404)])
def test_a_mail_that_does_not_exist_is_no_error_of_ours(desk: Client, case: Case, delivery: int, status: int) -> None:
    assert desk.post(address_of(case, "resend", delivery=delivery)).status_code == status


def test_a_stale_press_shows_what_happened_keeps_the_words_and_can_be_pressed_again(
    desk: Client, case_in_review: Case, second_editor: StaffMember
) -> None:
    seen = case_in_review.version
    conversation.write_to_reader(
        case_in_review, "شكرًا من زميل.", actor=as_actor(second_editor), expected_version=seen, now=now()
    )
    stale = press(desk, case_in_review, "message", text="نراجع الرقم.", expected_version=seen)
    page = stale.content.decode()
    assert stale.status_code == 409
    assert [change.event.happening for change in stale.context["missed"]] == ["message_sent"]
    assert second_editor.display_name in page
    assert page.index("شكرًا من زميل.") < page.index("نراجع الرقم.")
    assert fields_in(page, "text") == ["نراجع الرقم."]
    assert set(fields_in(page, "expected_version")) == {str(seen + 1)}
    assert stored(case_in_review).version == seen + 1
    again = desk.post(
        address_of(case_in_review, "message"),
        {"text": fields_in(page, "text")[0], "expected_version": fields_in(page, "expected_version")[0]},
    )
    assert (again.status_code, happenings(case_in_review)[-1]) == (302, "message_sent")


def test_of_two_who_claim_at_once_one_wins_and_the_other_sees_who(
    desk: Client,
    signed_in: Callable[[StaffMember], Client],
    case: Case,
    editor: StaffMember,
    second_editor: StaffMember,
) -> None:
    seen = case.version
    assert press(signed_in(second_editor), case, "claim", expected_version=seen).status_code == 302
    lost = press(desk, case, "claim", expected_version=seen)
    assert (lost.status_code, second_editor.display_name in text_of(lost)) == (409, True)
    assert stored(case).assigned_to_id == second_editor.pk


def test_words_without_a_place_on_the_changed_page_are_shown_to_be_copied(
    desk: Client, case_in_review: Case, editor: StaffMember
) -> None:
    seen = case_in_review.version
    decided(case_in_review, editor)
    response = press(desk, case_in_review, "duplicate", lead="2025/0147", expected_version=seen)
    assert "duplicate" not in response.context["forms"]
    response = press(desk, case_in_review, "refuse", reason="الإشعار ناقص.", expected_version=seen)
    assert response.status_code == 403
    assert response.context["homeless_words"] == ["الإشعار ناقص."]
    assert "الإشعار ناقص." in text_of(response)


def test_what_the_page_itself_had_put_into_a_form_is_not_shown_as_written(desk: Client, case_in_review: Case) -> None:
    response = press(desk, case_in_review, "undo", step=1)
    assert response.status_code in (403, 409)
    assert response.context["homeless_words"] == []


def test_a_note_is_marked_as_what_is_being_added_until_something_else_is_chosen(
    desk: Client, case_in_review: Case
) -> None:
    assert desk.get(address_of(case_in_review)).context["forms"]["text"].addition == "note"
    refused = press(desk, case_in_review, "ask", text="", addition="ask")
    assert refused.context["forms"]["text"].addition == "ask"


@pytest.mark.parametrize("name", ["release", "resume", "close", "unlink", "hold"])
def test_a_move_that_does_not_start_from_here_is_a_conflict(desk: Client, case: Case, name: str) -> None:
    if name == "hold":
        moves.hold(case, "campaign", actor=as_actor(case_worker()), expected_version=case.version, now=now())
    before = stored(case)
    response = press(desk, case, name, reason="campaign")
    assert (response.status_code, response.context["problem"] != "") == (409, True)
    assert (stored(case).status, stored(case).version) == (before.status, before.version)


def case_worker() -> StaffMember:
    return StaffMember.objects.filter(role="editor").latest("pk")


def test_signing_without_a_proposal_is_forbidden(standards_desk: Client, case_in_review: Case) -> None:
    assert press(standards_desk, case_in_review, "sign").status_code == 403


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "9" * 30, "1.5", None])
def test_a_forged_version_is_refused(desk: Client, case: Case, version: str | None) -> None:
    fields = {} if version is None else {"expected_version": version}
    response = desk.post(address_of(case, "claim"), fields)
    assert response.status_code == 422
    assert happenings(case) == ["received"]


def test_an_expired_form_keeps_the_words_and_does_nothing(strict_desk: Client, case: Case) -> None:
    response = press(strict_desk, case, "note", text="ملاحظة طويلة.")
    assert response.status_code == 403
    assert fields_in(response.content.decode(), "text") == ["ملاحظة طويلة."]
    assert happenings(case) == ["received"]


def test_a_session_that_ended_meanwhile_keeps_the_words(stranger: Client, case: Case) -> None:
    response = press(stranger, case, "note", text="ملاحظة طويلة.")
    assert (response.status_code, "ملاحظة طويلة." in text_of(response)) == (403, True)
    assert f"?next={address_of(case)}" in response.content.decode()


def test_a_press_without_words_after_the_session_ended_leads_to_the_sign_in(stranger: Client, case: Case) -> None:
    response = press(stranger, case, "claim")
    assert response["Location"] == f"/ar/desk/sign-in/?next={address_of(case)}"


def test_an_expired_press_without_words_after_the_session_ended_leads_to_the_sign_in(case: Case) -> None:
    response = Client(enforce_csrf_checks=True).post(address_of(case, "claim"))
    assert (response.status_code, response["Location"]) == (302, f"/ar/desk/sign-in/?next={address_of(case)}")


@pytest.mark.parametrize(
    ("name", "field"), [("note", "text"), ("reveal", "reason"), ("duplicate", "lead"), ("severity", "severity")]
)
def test_hostile_words_are_never_html(desk: Client, case_in_review: Case, name: str, field: str) -> None:
    response = press(desk, case_in_review, name, **{field: HOSTILE})
    for page in (response.content.decode(), desk.get(address_of(case_in_review)).content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_other_fields_of_a_forged_form_change_nothing(desk: Client, case: Case, editor: StaffMember) -> None:
    press(
        desk, case, "claim", status="closed", decided_at="2020-01-01", kind="complaint", severity="safety", version="9"
    )
    found = stored(case)
    assert (found.status, found.kind, found.severity, found.version) == (Status.IN_REVIEW, "correction", "", 2)


def test_the_language_switch_of_a_refused_press_leads_to_the_case(desk: Client, case: Case) -> None:
    response = press(desk, case, "note", text="")
    assert f'href="/en/desk/cases/{case.year}/{case.sequence}/"' in response.content.decode()


def test_what_the_clock_did_meanwhile_is_no_obstacle_and_is_shown_where_something_else_is(
    desk: Client, case_in_review: Case, second_editor: StaffMember
) -> None:
    seen = case_in_review.version
    record(case_in_review, Happening.DEADLINE_MISSED, by=CLOCK, expected_version=seen, now=now())
    assert press(desk, case_in_review, "note", text="هنا.", expected_version=seen).status_code == 302
    case_in_review.refresh_from_db()
    conversation.write_to_reader(
        case_in_review, "شكرًا.", actor=as_actor(second_editor), expected_version=seen + 2, now=now()
    )
    response = press(desk, case_in_review, "message", text="هنا.", expected_version=seen)
    assert (response.status_code, "تجاوز المهلة" in text_of(response)) == (409, True)


def test_a_case_given_away_can_be_taken_back(desk: Client, case_in_review: Case, second_editor: StaffMember) -> None:
    assignment.assign(
        case_in_review,
        second_editor,
        actor=as_actor(second_editor),
        expected_version=case_in_review.version,
        now=now(),
    )
    assert "claim" in desk.get(address_of(case_in_review)).context["forms"]
    press(desk, case_in_review, "claim")
    assert "claim" not in desk.get(address_of(case_in_review)).context["forms"]


def test_a_case_is_held_for_a_coded_reason_and_the_page_says_which_and_who(
    desk: Client, case: Case, editor: StaffMember
) -> None:
    for reason in ("", "because", HOSTILE):
        refused = press(desk, case, "hold", reason=reason)
        assert (refused.status_code, list(refused.context["forms"]["hold"].errors)) == (422, ["reason"])
    assert stored(case).status == Status.NEW
    press(desk, case, "hold", reason="campaign")
    page = desk.get(address_of(case))
    assert (stored(case).events.latest("pk").data, page.context["page"].held.staff_member) == (
        {"reason": "campaign"},
        editor,
    )
    assert "محجوز للاشتباه: حملة منظَّمة أو إرسال آلي" in " ".join(text_of(page).split())


def test_a_case_that_the_way_in_held_says_so(desk: Client, article: Article) -> None:
    case = make_case(article, now=now(), honeypot="filled")
    assert stored(case).status == Status.HELD
    assert "حُجز عند وصوله" in text_of(desk.get(address_of(case)))
