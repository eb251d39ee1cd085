"""Against a real mail server."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from corrections.keys import sealer
from corrections.models import Case, Delivery, Identity
from corrections.notifications import channels
from corrections.notifications.channels import Mail
from newsroom.models import Article
from tests.corrections.notifications.conftest import deliver_all
from tests.factories import make_case
from tests.services.ports import free_port
from tests.services.smtp import MailSink, running_mail_sink


@pytest.fixture(scope="module")
def server() -> Iterator[MailSink]:
    with running_mail_sink() as sink:
        yield sink


@pytest.fixture
def sink(server: MailSink, settings: Settings) -> MailSink:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    server.set_mode("ok")
    server.clear()
    return server


def state(address: str) -> tuple[str, int, str]:
    rows = Delivery.objects.select_related("identity").exclude(identity=None)
    [row] = [row for row in rows if row.identity and sealer().unseal(row.identity.address_sealed) == address]
    return row.status, row.attempt, row.fault


def a_mail(**fields: str) -> Mail:
    whole = {"address": "reader@example.net", "subject": "A subject 2025/0001", "plain": "Words", "html": "<p>"}
    return Mail(**{**whole, **fields}, message_id="<1.a@example.org>", headers={"List-Id": "<x.example.org>"})


def test_the_letters_arrive_with_both_bodies_and_their_headers(sink: MailSink, case: Case) -> None:
    deliver_all()
    [letter] = sink.messages_to("reader@example.net")
    assert letter.message["Subject"].endswith(" 2025/0001")
    assert letter.message["Auto-Submitted"] == "auto-generated"
    assert letter.message["From"] == "desk@example.org"
    assert (case.number in letter.text(), 'dir="rtl"' in letter.text("html")) == (True, True)


def test_a_recipient_who_does_not_exist_fails_at_once_and_blocks_nobody(sink: MailSink, article: Article) -> None:
    for name in ("dead", "alive"):
        make_case(article, wants_mail=True, address=f"{name}@example.net")
    sink.set_mode("550 dead@example.net")
    deliver_all()
    assert state("dead@example.net") == ("failed", 1, "smtp_550")
    assert state("alive@example.net") == ("sent", 1, "")


def test_a_refused_message_fails_at_once(sink: MailSink, case: Case) -> None:
    sink.set_mode("550")
    deliver_all()
    assert state("reader@example.net") == ("failed", 1, "smtp_550")


@pytest.mark.parametrize("code", ["421", "451"])
def test_a_passing_refusal_is_tried_again_later(sink: MailSink, case: Case, code: str) -> None:
    sink.set_mode(code)
    deliver_all()
    assert state("reader@example.net") == ("pending", 1, f"smtp_{code}")
    assert deliver_all() == 0


def test_a_server_that_hangs_is_left_in_time(sink: MailSink, case: Case, settings: Settings) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    sink.set_mode("hang")
    deliver_all()
    assert state("reader@example.net") == ("pending", 1, "disconnected")


def test_a_server_that_takes_its_time_is_waited_for_within_the_lease(
    sink: MailSink, case: Case, settings: Settings
) -> None:
    settings.DELIVERY_LEASE_SECONDS = 2
    sink.set_mode("hang")
    deliver_all()
    assert state("reader@example.net") == ("pending", 1, "disconnected")


def test_a_server_that_is_not_there_is_tried_again_later(sink: MailSink, case: Case, settings: Settings) -> None:
    settings.EMAIL_PORT = free_port()
    deliver_all()
    assert state("reader@example.net") == ("pending", 1, "unreachable")


def test_a_refused_sign_in_is_our_fault_and_tried_again(sink: MailSink, case: Case, settings: Settings) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "desk", "wrong"
    deliver_all()
    assert state("reader@example.net")[:2] == ("pending", 1)


@pytest.mark.parametrize(
    "address",
    [
        "reader@example.net\nBcc: victim@example.net",
        "reader@example.net\r\nRCPT TO:<victim@example.net>",
        "reader@example.net>\r\nDATA",
    ],
)
def test_an_address_cannot_add_headers_recipients_or_commands(sink: MailSink, case: Case, address: str) -> None:
    Identity.objects.update(address_sealed=sealer().seal(address))
    deliver_all()
    assert state(address) == ("failed", 1, "bad_address")
    assert [message.recipients for message in sink.messages()] == [["desk@example.org"]]


def test_a_subject_cannot_add_headers(sink: MailSink) -> None:
    with channels.opened() as mailer, pytest.raises(channels.Never) as refused:
        mailer.send(a_mail(subject="A subject\nBcc: victim@example.net"), seconds_left=5)
    assert refused.value.fault == "bad_address"
    assert sink.messages() == []


def test_an_arabic_address_reaches_the_server_in_the_alphabet_of_mail(sink: MailSink) -> None:
    with channels.opened() as mailer:
        mailer.send(a_mail(address="reader@مثال.example"), seconds_left=5)
    [accepted] = sink.messages()
    assert accepted.recipients == ["reader@xn--mgbh0fb.example"]


def test_a_text_of_dots_and_commands_stays_one_mail(sink: MailSink) -> None:
    with channels.opened() as mailer:
        mailer.send(a_mail(plain="one\n.\nMAIL FROM:<a@b>\n..\nend"), seconds_left=5)
    [accepted] = sink.messages()
    assert accepted.text().rstrip() == "one\n.\nMAIL FROM:<a@b>\n..\nend"
