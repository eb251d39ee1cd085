"""Mentioning a colleague in a note: who may be, who is told, and where it stands until it is answered."""

from collections.abc import Callable

import pytest
from django.test import Client

from corrections.domain.mentions import names_in
from corrections.models import Case, Delivery, Mention
from corrections.notifications.deliver import WITH_EVERYTHING
from corrections.notifications.render import mail_for
from newsroom.models import StaffMember
from tests.corrections.desk.steps import address_of, fields_in, happenings, page_address, press, stored
from tests.factories import make_staff

NOTE = "راجعتُ الوثيقة، فهل توافقين؟ @{name}، شكرًا."


def told(case: Case) -> list[int | None]:
    return list(Delivery.objects.filter(event__case=case, audience="mentioned").values_list("staff_member", flat=True))


def mentions_of(client: Client) -> list[int]:
    return [case.pk for case, _walk in client.get(page_address("queue") + "?view=mentions").context["rows"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@salma", ["salma"]),
        ("انظري @salma، ثم @رامي.", ["salma", "رامي"]),
        ("و@salma أيضًا", ["salma"]),
        ("@salma @salma", ["salma"]),
        ("@rami.k-2+x.", ["rami.k-2+x"]),
        ("reader@example.org", []),
        ("a.b@c @@ @", []),
        ("(@salma)", ["salma"]),
    ],
)
def test_names_follow_an_at_sign_and_addresses_are_none(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_a_colleague_mentioned_in_a_note_is_told_without_its_words(
    desk: Client, case: Case, second_editor: StaffMember, standards_editor: StaffMember
) -> None:
    text = NOTE.format(name=second_editor.username.upper())
    assert press(desk, case, "note", text=text).status_code == 302
    assert (told(case), stored(case).events.latest("pk").data) == (
        [second_editor.pk],
        {"mentioned": [second_editor.pk]},
    )
    mail = mail_for(Delivery.objects.select_related(*WITH_EVERYTHING).get(audience="mentioned"))
    assert (mail.address, "الوثيقة" in mail.plain, address_of(case) in mail.plain) == (second_editor.email, False, True)
    name = f"@{second_editor.username.upper()}"
    page = desk.get(address_of(case)).content.decode()
    assert text.replace(name, f'<bdi dir="ltr">{name}</bdi>') in page


def test_without_a_script_a_colleague_is_ticked_in_the_list(
    desk: Client, case: Case, second_editor: StaffMember
) -> None:
    page = desk.get(address_of(case)).content.decode()
    assert second_editor.username in fields_in(page, "mentions")
    press(desk, case, "note", text="انظري الوثيقة.", mentions=[second_editor.username])
    assert told(case) == [second_editor.pk]


@pytest.mark.parametrize("name", ["nobody", "author"])
def test_mentioning_somebody_who_may_not_see_the_case_is_an_error_that_loses_nothing(
    desk: Client, case: Case, author: StaffMember, name: str
) -> None:
    text = NOTE.format(name=author.username if name == "author" else name)
    response = press(desk, case, "note", text=text)
    assert (response.status_code, list(response.context["forms"]["text"].errors)) == (422, ["text"])
    assert fields_in(response.content.decode(), "text") == [text]
    assert (happenings(case), Mention.objects.count(), told(case)) == (["received"], 0, [])


def test_who_wrote_the_article_is_not_mentioned_in_a_complaint_about_it(
    standards_desk: Client, complaint: Case, case: Case, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    text = NOTE.format(name=author.username)
    assert press(standards_desk, complaint, "note", text=text).status_code == 422
    assert author.username not in fields_in(standards_desk.get(address_of(complaint)).content.decode(), "mentions")
    assert press(standards_desk, case, "note", text=text).status_code == 302


def test_a_mention_stands_in_the_rail_until_it_is_answered(
    desk: Client, case: Case, second_editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    other = signed_in(second_editor)
    press(desk, case, "note", text=NOTE.format(name=second_editor.username))
    assert (mentions_of(other), mentions_of(desk)) == ([case.pk], [])
    assert other.get(page_address("queue")).context["queue"].counts["mentions"] == 1
    press(other, case, "note", text="نعم، أوافق.")
    assert mentions_of(other) == []


def test_nobody_is_told_of_the_own_mention(desk: Client, case: Case, editor: StaffMember) -> None:
    press(desk, case, "note", text=NOTE.format(name=editor.username))
    assert told(case) == []


def test_an_at_sign_in_words_to_the_reader_mentions_nobody(desk: Client, case: Case) -> None:
    press(desk, case, "message", text="الحساب @nobody ليس لنا.")
    assert (happenings(case)[-1], Mention.objects.count()) == ("message_sent", 0)


def test_who_has_left_is_mentioned_no_more(desk: Client, case: Case) -> None:
    gone = make_staff("editor", is_active=False)
    assert press(desk, case, "note", text=NOTE.format(name=gone.username)).status_code == 422


def test_the_same_note_sent_twice_is_one_note_and_one_mail(
    desk: Client, case: Case, standards_editor: StaffMember, second_editor: StaffMember
) -> None:
    seen = stored(case).version
    text = NOTE.format(name=standards_editor.username)
    answers = [press(desk, case, "note", text=text, expected_version=seen) for _press in range(3)]
    assert [answer.status_code for answer in answers] == [302] * 3
    assert (happenings(case).count("note_added"), told(case)) == (1, [standards_editor.pk])
    press(desk, case, "note", text=text, mentions=[second_editor.username], expected_version=seen)
    press(desk, case, "note", text="كلمات أخرى", expected_version=seen)
    assert happenings(case).count("note_added") == 3


def test_the_same_words_of_two_people_and_on_two_pages_are_notes_of_their_own(
    desk: Client, standards_desk: Client, case: Case
) -> None:
    seen = stored(case).version
    for client in (desk, standards_desk):
        assert press(client, case, "note", text="أوافق", expected_version=seen).status_code == 302
    press(desk, case, "note", text="أوافق")
    assert happenings(case).count("note_added") == 3


def test_a_note_that_was_taken_back_is_written_again(desk: Client, case: Case) -> None:
    seen = stored(case).version
    press(desk, case, "note", text="أوافق", expected_version=seen)
    press(desk, case, "undo", step=stored(case).version)
    press(desk, case, "note", text="أوافق", expected_version=seen)
    assert happenings(case).count("note_added") == 2


def test_a_name_with_its_at_sign_stands_apart_from_the_direction_of_the_words_around_it(
    desk: Client, case: Case, second_editor: StaffMember
) -> None:
    press(desk, case, "note", text=f"<b>سؤال</b> إلى @{second_editor.username}، من فضلك.")
    page = desk.get(address_of(case)).content.decode()
    apart = f'<bdi dir="ltr">@{second_editor.username}</bdi>'
    assert f"&lt;b&gt;سؤال&lt;/b&gt; إلى {apart}، من فضلك." in page
    assert f"<bdi>{second_editor.display_name}</bdi> ({apart})" in page
