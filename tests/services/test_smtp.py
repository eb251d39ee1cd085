import smtplib
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from tests.services import smtp
from tests.services.ports import LOOPBACK
from tests.services.processes import NotInTime
from tests.services.smtp import MailSink, MailSinkMissing, running_mail_sink

pytestmark = pytest.mark.xdist_group("mail sink")


@pytest.fixture(scope="module")
def running() -> Iterator[MailSink]:
    with running_mail_sink() as one:
        yield one


@pytest.fixture
def sink(running: MailSink) -> MailSink:
    running.set_mode("ok")
    running.clear()
    return running


def send(sink: MailSink, *recipients: str, timeout: float = 10) -> dict[str, tuple[int, bytes]]:
    message = EmailMessage()
    message["From"] = "desk@example.org"
    message["To"] = ", ".join(recipients)
    message["Subject"] = "تصحيح"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("وصل البلاغ\n")
    message.add_alternative("<p>وصل البلاغ</p>\n", subtype="html")
    with smtplib.SMTP(LOOPBACK, sink.port, timeout=timeout) as client:
        return client.send_message(message)


def test_a_mail_lies_there_with_its_envelope_when_the_client_is_told_so(sink: MailSink) -> None:
    send(sink, "reader@example.org", "author@example.org")
    [one] = sink.messages()
    assert (one.sender, one.recipients) == ("desk@example.org", ["reader@example.org", "author@example.org"])
    assert (str(one.message["Subject"]), one.message_id) == ("تصحيح", "<1@example.org>")
    assert (one.text(), one.text("html")) == ("وصل البلاغ\n", "<p>وصل البلاغ</p>\n")
    assert [found.path for found in sink.messages_to("author@example.org")] == [one.path]


@pytest.mark.parametrize("code", ["421", "451", "550"])
def test_a_refusing_sink_keeps_nothing(sink: MailSink, code: str) -> None:
    sink.set_mode(code)
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        send(sink, "reader@example.org")
    assert refusal.value.smtp_code == int(code)
    assert sink.messages() == []


def test_one_dead_recipient_leaves_the_others_their_mail(sink: MailSink) -> None:
    sink.set_mode("550 gone@example.org")
    refused = send(sink, "gone@example.org", "reader@example.org")
    assert {address: code for address, (code, _) in refused.items()} == {"gone@example.org": 550}
    assert [one.recipients for one in sink.messages()] == [["reader@example.org"]]


def test_a_hanging_sink_neither_answers_nor_keeps(sink: MailSink) -> None:
    sink.set_mode("hang")
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(sink, "reader@example.org", timeout=0.5)
    assert sink.messages() == []


def test_a_delayed_answer_comes_after_the_mail_is_kept(sink: MailSink) -> None:
    sink.set_mode("delay 60")
    with pytest.raises((TimeoutError, smtplib.SMTPServerDisconnected)):
        send(sink, "reader@example.org", timeout=0.5)
    assert len(sink.messages()) == 1


def test_messages_survive_the_sinks_end(sink: MailSink) -> None:
    send(sink, "reader@example.org")
    sink.kill()
    with pytest.raises(ConnectionRefusedError):
        send(sink, "reader@example.org")
    sink.start()
    send(sink, "reader@example.org")
    assert len(sink.wait_for(2)) == 2


def test_waiting_for_mail_that_does_not_come_ends(sink: MailSink) -> None:
    with pytest.raises(NotInTime, match="the arrival of 1 mails"):
        sink.wait_for(1, seconds=0.1)


def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "find_spec", lambda name: None)
    with pytest.raises(MailSinkMissing, match="make test"), running_mail_sink():
        pass
