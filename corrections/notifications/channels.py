"""The way out: mail. The only place that talks to a mail server, through whatever backend is configured."""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

#: What a server may still ask for once it is open: MAIL, RCPT, DATA, the text; one more for safety.
STEPS = 5


class CannotSend(Exception):
    """The mail did not go out; `fault` is a coded word for the delivery row, never the server's own text."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


class NotNow(CannotSend):
    """A passing reason: try again later."""


class Never(CannotSend):
    """The server will never take this mail for this recipient."""


@dataclass(frozen=True)
class Mail:
    """One mail to one address, complete."""

    address: str
    subject: str
    plain: str
    html: str
    message_id: str
    headers: dict[str, str]


class Mailer:
    """An open way to the mail server."""

    def __init__(self, backend: BaseEmailBackend) -> None:
        self._backend = backend

    def send(self, mail: Mail, *, seconds_left: float) -> None:
        """Hands one mail over; returns once the server has taken responsibility for it.

        Each answer is waited for no longer than lets everything end within `seconds_left`.
        Raises NotNow or Never.
        """
        self._bound(seconds_left)
        with _faults():
            if not self._backend.send_messages([_message(mail)]):
                raise Never("no_recipient")

    def _bound(self, seconds: float) -> None:
        session = getattr(self._backend, "connection", None)
        if isinstance(session, smtplib.SMTP) and session.sock:
            session.sock.settimeout(min(settings.EMAIL_TIMEOUT or seconds, seconds / STEPS))


@contextmanager
def opened() -> Iterator[Mailer]:
    """A connection to the mail server, closed afterwards whatever the server says to that. Raises NotNow."""
    backend = get_connection()
    with _faults():
        backend.open()
    try:
        yield Mailer(backend)
    finally:
        # The mail is out or not by now; a server that hangs or fails at QUIT changes nothing about it.
        with suppress(smtplib.SMTPException, OSError):
            backend.close()


def _message(mail: Mail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.plain,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.address],
        headers={"Message-ID": mail.message_id, **mail.headers},
    )
    message.attach_alternative(mail.html, "text/html")
    return message


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _text in refused.recipients.values()]
        raise _refused(max(codes, default=0)) from None
    except smtplib.SMTPDataError as refused:
        raise _refused(refused.smtp_code) from None
    except smtplib.SMTPResponseException as refused:
        # Sign-in, greeting or our own sender address was refused: our set-up is wrong, not this recipient, and
        # whoever mends it within a day loses no mail.
        raise NotNow(f"smtp_{refused.smtp_code}") from None
    except (smtplib.SMTPException, OSError) as fault:
        raise NotNow(_word_for(fault)) from None
    except ValueError:
        # Django refuses line ends in headers, and addresses that cannot be written into one.
        raise Never("bad_address") from None


def _refused(code: int) -> CannotSend:
    fault = f"smtp_{code}"
    return Never(fault) if 500 <= code < 600 else NotNow(fault)


def _word_for(fault: Exception) -> str:
    if isinstance(fault, TimeoutError):
        return "timeout"
    if isinstance(fault, smtplib.SMTPServerDisconnected):
        return "disconnected"
    return "unreachable"
