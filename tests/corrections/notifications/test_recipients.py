from corrections.domain import identity
from corrections.enums import Audience, Happening, Kind
from corrections.models import Case, Decision, Identity
from corrections.notifications.recipients import recipients_of
from newsroom.models import Article, StaffMember
from tests.corrections.notifications.conftest import CLOCK, NOW, READER, Happen, by_staff
from tests.factories import make_case, make_staff


def staff_ids(audience: Audience, happen: Happen, case: Case, happening: Happening, **event: object) -> list[int]:
    found = recipients_of(audience, happen(happening, **event), case)
    return [recipient.staff_member_id for recipient in found if recipient.staff_member_id]


def test_the_reader_is_written_to_in_the_language_of_the_case(case: Case, happen: Happen) -> None:
    [reader] = recipients_of(Audience.READER, happen(Happening.MESSAGE_SENT), case)
    assert (reader.identity, reader.language) == (Identity.objects.get(), "ar")


def test_a_reader_who_gave_only_a_name_is_not_written_to(article: Article, happen: Happen) -> None:
    nameless = make_case(article, name="Huda", credit="name")
    assert recipients_of(Audience.READER, happen(Happening.MESSAGE_SENT), nameless) == []


def test_a_reader_without_any_identity_is_not_written_to(article: Article, happen: Happen) -> None:
    assert recipients_of(Audience.READER, happen(Happening.MESSAGE_SENT), make_case(article)) == []


def test_an_erased_reader_is_not_written_to(case: Case, happen: Happen) -> None:
    identity.erase(case, now=NOW)
    assert recipients_of(Audience.READER, happen(Happening.MESSAGE_SENT), case) == []


def test_the_assignee_is_told_in_their_own_language(case: Case, happen: Happen) -> None:
    editor = make_staff("editor", language="en")
    case.assigned_to = editor
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ANSWERED, READER), case)
    assert (told.staff_member_id, told.language) == (editor.pk, "en")


def test_what_concerns_a_case_without_an_assignee_goes_to_the_desk(case: Case, happen: Happen) -> None:
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ANSWERED, READER), case)
    assert (told.audience, told.staff_member_id, told.identity) == (Audience.DESK, None, None)


def test_what_concerns_an_assignee_who_left_goes_to_the_desk(case: Case, happen: Happen, editor: StaffMember) -> None:
    editor.is_active = False
    case.assigned_to = editor
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ANSWERED, READER), case)
    assert told.audience == Audience.DESK


def test_a_consent_is_asked_of_those_who_may_give_it_and_told_to_whoever_asked(
    case: Case, happen: Happen, editor: StaffMember
) -> None:
    standards, other, administrator = (
        make_staff(role) for role in ("standards_editor", "standards_editor", "administrator")
    )
    asked = staff_ids(Audience.SIGNERS, happen, case, Happening.PACK_ASKED, by=by_staff(standards))
    assert asked == [other.pk, administrator.pk]
    given = {"data": {"asked_by": standards.pk}, "by": by_staff(other)}
    assert staff_ids(Audience.ASKER, happen, case, Happening.PACK_ALLOWED, **given) == [standards.pk]


def test_an_assignee_is_told_nothing_of_what_became_a_complaint_about_their_own_article(
    case: Case, happen: Happen, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    author.refresh_from_db()
    case.assigned_to = author
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ANSWERED, READER), case)
    assert told.staff_member_id == author.pk
    case.kind = Kind.COMPLAINT
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ADDED, READER), case)
    assert (told.audience, told.staff_member_id) == (Audience.DESK, None)


def test_nobody_is_told_of_their_own_action(case: Case, happen: Happen, editor: StaffMember) -> None:
    case.assigned_to = editor
    event = happen(Happening.ASSIGNED, by_staff(editor))
    assert recipients_of(Audience.ASSIGNEE, event, case) == []


def test_signatures_are_asked_of_everybody_who_may_sign(
    case: Case, happen: Happen, editor: StaffMember, second_editor: StaffMember, administrator: StaffMember
) -> None:
    make_staff("editor", is_active=False)
    make_staff("editor", email="")
    asked = staff_ids(Audience.SIGNERS, happen, case, Happening.DECISION_PROPOSED, by=by_staff(editor))
    assert asked == [second_editor.pk, administrator.pk]


def test_an_editor_who_wrote_the_article_is_not_asked_to_sign(
    case: Case, happen: Happen, editor: StaffMember, second_editor: StaffMember
) -> None:
    case.article.bylines.update(staff_member=second_editor)
    asked = staff_ids(Audience.SIGNERS, happen, case, Happening.DECISION_PROPOSED, by=by_staff(editor))
    assert second_editor.pk not in asked


def test_missed_deadlines_go_to_standards_editors_and_administrators_without_conflict(
    case: Case,
    happen: Happen,
    editor: StaffMember,
    standards_editor: StaffMember,
    administrator: StaffMember,
) -> None:
    case.article.bylines.update(staff_member=administrator)
    told = staff_ids(Audience.STANDARDS, happen, case, Happening.DEADLINE_MISSED, by=CLOCK)
    assert told == [standards_editor.pk]


def test_a_complaint_about_an_article_is_never_told_to_its_author(
    case: Case, happen: Happen, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="standards_editor")
    case.kind = Kind.COMPLAINT
    assert staff_ids(Audience.STANDARDS, happen, case, Happening.DEADLINE_MISSED) == []


def test_nobody_is_told_of_a_case_before_they_have_joined(
    case: Case, happen: Happen, editor: StaffMember, standards_editor: StaffMember, administrator: StaffMember
) -> None:
    guests = [make_staff(role) for role in ("editor", "standards_editor", "administrator")]
    for guest in guests:
        guest.set_unusable_password()
        guest.save()
    asked = staff_ids(Audience.SIGNERS, happen, case, Happening.DECISION_PROPOSED, by=by_staff(editor))
    assert asked == [standards_editor.pk, administrator.pk]
    assert staff_ids(Audience.STANDARDS, happen, case, Happening.DEADLINE_MISSED) == [standards_editor.pk]
    assert staff_ids(Audience.ADMINISTRATORS, happen, case, Happening.DEADLINE_MISSED) == [administrator.pk]
    mentioned = {"mentioned": [guests[0].pk, editor.pk]}
    assert staff_ids(Audience.MENTIONED, happen, case, Happening.NOTE_ADDED, data=mentioned) == [editor.pk]
    gone = {"from": guests[0].pk}
    assert staff_ids(Audience.FORMER, happen, case, Happening.UNASSIGNED, data=gone) == []
    case.assigned_to = guests[0]
    [told] = recipients_of(Audience.ASSIGNEE, happen(Happening.READER_ANSWERED, READER), case)
    assert told.audience == Audience.DESK


def test_administrators_are_told_of_a_review_that_nobody_on_the_desk_may_decide(
    case: Case, happen: Happen, editor: StaffMember
) -> None:
    Case.objects.filter(pk=case.pk).update(kind="complaint", was_complaint=True, review_asked_at=NOW)
    case.refresh_from_db()
    senior, administrator = make_staff("standards_editor"), make_staff("administrator")
    assert staff_ids(Audience.ADMINISTRATORS, happen, case, Happening.REVIEW_ASKED, by=READER) == []
    Decision.objects.create(
        case=case,
        state="superseded",
        finding="not_upheld",
        remedy="none",
        revision=case.revision,
        reason="السبب",
        decided_by=senior,
        decided_at=NOW,
        signed_by=administrator,
        signed_at=NOW,
    )
    asked = staff_ids(Audience.STANDARDS, happen, case, Happening.REVIEW_ASKED, by=READER)
    told = staff_ids(Audience.ADMINISTRATORS, happen, case, Happening.REVIEW_ASKED, by=READER)
    assert (asked, told) == ([], [administrator.pk])
