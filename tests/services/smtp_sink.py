"""A mail server that keeps what it accepts: `python -m tests.services.smtp_sink --port 2525 --directory d`.

Every accepted message becomes one file in `messages/`, on disk before the client reads 250. The file `mode`
is read for every message, so that a test can change its behaviour while it runs:

    ok                    accept
    421, 451, 550         refuse; after DATA, or at RCPT for one recipient only: `550 somebody@example.org`
    hang                  read the message, keep nothing, never answer
    delay 3               keep the message, answer 250 after 3 seconds
"""

import argparse
import asyncio
import os
import signal
import time
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.services.ports import LOOPBACK

ANSWERS = {
    "421": "421 4.3.2 Service not available, closing",
    "451": "451 4.3.0 Try again later",
    "550": "550 5.1.1 No such mailbox",
}
MEGABYTE = 1024 * 1024


class Sink:
    """What the server does with a recipient and with a message."""

    def __init__(self, directory: Path) -> None:
        self._mode = directory / "mode"
        self._messages = directory / "messages"
        self._messages.mkdir(parents=True, exist_ok=True)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        code, _, refused = self._read_mode().partition(" ")
        if code in ANSWERS and refused == address:
            return ANSWERS[code]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        mode, _, argument = self._read_mode().partition(" ")
        if mode in ANSWERS and not argument:
            return ANSWERS[mode]
        if mode == "hang":
            await asyncio.Event().wait()
        self._keep(envelope)
        if mode == "delay":
            await asyncio.sleep(float(argument))
        return "250 OK"

    def _read_mode(self) -> str:
        return self._mode.read_text().strip() if self._mode.exists() else "ok"

    def _keep(self, envelope: Envelope) -> None:
        """Write one file, the envelope before the headers, onto the disk, and only then under its name."""
        name = f"{time.time_ns():020}-{uuid.uuid4().hex}"
        lines = [f"X-Envelope-From: {envelope.mail_from}"]
        lines += [f"X-Envelope-To: {address}" for address in envelope.rcpt_tos]
        content = envelope.content or b""
        body = content.encode() if isinstance(content, str) else content
        partial = self._messages / f"{name}.part"
        with partial.open("wb") as file:
            file.write("".join(f"{line}\r\n" for line in lines).encode() + body)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(self._messages / f"{name}.eml")
        folder = os.open(self._messages, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


async def serve(port: int, directory: Path) -> None:
    """Serve until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    sink = Sink(directory)
    server = await loop.create_server(
        lambda: SMTP(sink, hostname="sink.test", enable_SMTPUTF8=True, data_size_limit=32 * MEGABYTE, loop=loop),
        LOOPBACK,
        port,
    )
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()
    server.close()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--directory", type=Path, required=True)
    given = arguments.parse_args()
    asyncio.run(serve(given.port, given.directory))


if __name__ == "__main__":
    main()
