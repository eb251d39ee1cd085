"""The mail sink as a real process of its own; its messages as they were accepted."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from importlib.util import find_spec
from pathlib import Path

from tests.services.ports import LOOPBACK, accepts_connections
from tests.services.processes import Child, wait_until
from tests.services.server import Server

PROJECT = Path(__file__).resolve().parent.parent.parent


class MailSinkMissing(Exception):
    """The library that the mail sink is made of is not installed."""


@dataclass(frozen=True)
class Accepted:
    """One accepted message: the envelope's addresses and the message, with the file it lies in."""

    sender: str
    recipients: list[str]
    message: EmailMessage
    path: Path

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"])

    def text(self, subtype: str = "plain") -> str:
        """The body, lines ended by \\n; `subtype` is plain or html. Empty if there is no such part."""
        part = self.message.get_body((subtype,))
        return str(part.get_content()).replace("\r\n", "\n") if part else ""


class MailSink(Server):
    """One running sink, which keeps its messages. `url` is the EMAIL_URL that leads to it."""

    @property
    def url(self) -> str:
        return f"smtp://{LOOPBACK}:{self.port}"

    def _launch(self) -> Child:
        here = ["--port", str(self.port), "--directory", str(self.directory)]
        return Child([sys.executable, "-m", "tests.services.smtp_sink", *here], self.log, directory=PROJECT)

    def answers(self) -> bool:
        return accepts_connections(self.port)

    def set_mode(self, mode: str) -> None:
        """What happens to messages from now on: see tests.services.smtp_sink for the words."""
        partial = self.directory / "mode.part"
        partial.write_text(mode)
        partial.rename(self.directory / "mode")

    def messages(self) -> list[Accepted]:
        """Everything accepted so far, oldest first."""
        return [_read(path) for path in sorted((self.directory / "messages").glob("*.eml"))]

    def messages_to(self, address: str) -> list[Accepted]:
        return [one for one in self.messages() if address in one.recipients]

    def wait_for(self, count: int, seconds: float = 20) -> list[Accepted]:
        """All messages as soon as there are at least `count`. Raises NotInTime."""
        folder = self.directory / "messages"
        wait_until(lambda: len(list(folder.glob("*.eml"))) >= count, seconds, f"the arrival of {count} mails")
        return self.messages()

    def clear(self) -> None:
        """Forget every message."""
        for path in (self.directory / "messages").glob("*.eml"):
            path.unlink()


@contextmanager
def running_mail_sink() -> Iterator[MailSink]:
    """A fresh sink, gone afterwards with its messages. Raises MailSinkMissing."""
    if find_spec("aiosmtpd") is None:
        raise MailSinkMissing("The mail sink needs aiosmtpd: `make test` installs it from requirements-dev.txt.")
    directory = Path(tempfile.mkdtemp(prefix="tashih-mail-"))
    sink = MailSink(directory)
    try:
        sink.start()
        yield sink
    finally:
        sink.kill()
        shutil.rmtree(directory, ignore_errors=True)


def _read(path: Path) -> Accepted:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)
    recipients = [str(address) for address in message.get_all("X-Envelope-To", [])]
    return Accepted(str(message["X-Envelope-From"]), recipients, message, path)
