"""The mailbox of the demonstration: what would have been mailed, as files and as pages on this computer alone.

Its addresses exist in the demonstration only (newsroom.config.urls), and even there only for the computer that
it runs on.
"""

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage as ReadMessage
from email.parser import BytesParser
from ipaddress import ip_address
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from newsroom.privacy import private

#: Mails that the page lists, the newest first.
SHOWN = 200
#: What a proxy writes into a request: with one of these it comes from elsewhere, whatever its address is.
FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")

_NAME = re.compile(r"[0-9]{20}-[0-9a-f]{8}")


class MailboxBackend(BaseEmailBackend):
    """Writes each mail into a file of its own in MAILBOX_DIR, whole or not at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes the mails; returns how many. Raises OSError where the folder cannot be written to."""
        folder = Path(settings.MAILBOX_DIR)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
            unfinished = folder / f"{name}.part"
            unfinished.touch(mode=0o600)
            unfinished.write_bytes(message.message().as_bytes())
            unfinished.replace(folder / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Mail:
    """One mail as the pages show it."""

    name: str
    recipients: str
    subject: str
    written_at: datetime
    plain: str
    html: str


def mails() -> list[Mail]:
    """The newest mails, at most SHOWN."""
    files = sorted(Path(settings.MAILBOX_DIR).glob("*.eml"), reverse=True)
    return [_read(file) for file in files[:SHOWN]]


def mail_named(name: str) -> Mail:
    """One mail. Raises Http404."""
    file = Path(settings.MAILBOX_DIR) / f"{name}.eml"
    if not (_NAME.fullmatch(name) and file.is_file()):
        raise Http404
    return _read(file)


@require_safe
@private
def show_mailbox(request: HttpRequest) -> HttpResponse:
    """The list of mails."""
    _require_this_computer(request)
    return render(request, "mailbox/mailbox.html", {"mails": mails(), "shown": SHOWN})


@require_safe
@private
def show_mail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: whom it is for, what it says in plain text."""
    _require_this_computer(request)
    return render(request, "mailbox/mail.html", {"mail": mail_named(name)})


@require_safe
@private
def show_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part as a mail program shows it: with the styles it carries, without scripts or pictures."""
    _require_this_computer(request)
    response = HttpResponse(mail_named(name).html)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"
    return response


def _read(file: Path) -> Mail:
    message = BytesParser(ReadMessage, policy=policy.default).parsebytes(file.read_bytes())
    return Mail(
        name=file.stem,
        recipients=str(message["To"]),
        subject=str(message["Subject"]),
        written_at=datetime.fromtimestamp(int(file.stem.partition("-")[0]) / 1e9, UTC),
        plain=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: ReadMessage, subtype: str) -> str:
    body = message.get_body((subtype,))
    return str(body.get_content()) if body else ""


def _require_this_computer(request: HttpRequest) -> None:
    forwarded = any(request.META.get(name) for name in FORWARDED)
    if not settings.DEMO or forwarded or not _is_loopback(request.META.get("REMOTE_ADDR", "")):
        raise Http404


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


app_name = "mailbox"
urlpatterns = [
    path("", show_mailbox, name="mailbox"),
    path("<str:name>/", show_mail, name="mail"),
    path("<str:name>/html/", show_html, name="html"),
]
