"""The demonstration newsroom, started once, for tests that look at pages."""

import atexit
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import httpx

from tests.services.newsroom import PROJECT
from tests.services.ports import accepts_connections, free_port
from tests.services.processes import Child

#: Seconds in which a mail is on its way at the latest; what the desk sends waits a quarter of a minute before.
LONGEST_MAIL = 60.0
#: The mailbox lists each mail with its path and its recipients, newest first.
MAILS = re.compile(r'href="(/mailbox/[^"]+)".*?<bdi dir="ltr">([^<]*)</bdi>', re.DOTALL)
#: What `run_demo` becomes.
_SERVER = ["-m", "gunicorn", "-c", "newsroom/config/gunicorn.py", "newsroom.config.wsgi"]
_DEMO = {"DEMO_NEWSROOM": "on-this-computer-only"}
_PRINTED = "demo.log"


@dataclass(frozen=True)
class Site:
    """A running demonstration."""

    url: str
    log: Path

    def articles(self, language: str) -> list[str]:
        """The paths of the articles on the front page of one language."""
        front = httpx.get(f"{self.url}/{language}/").text
        found: list[str] = re.findall(rf'href="(/{language}/\d+/[^"]*)"', front)
        return list(dict.fromkeys(found))

    def receipt(self, beside: str) -> str:
        """The receipt that the demonstration printed beside these words."""
        for line in self.log.read_text(encoding="utf-8").splitlines():
            if line.rstrip().endswith(beside) and line.strip()[:4].isdecimal():
                return line.removesuffix(beside).strip()
        raise LookupError(f"no receipt was printed beside {beside!r}")

    def withdrawn_article(self, language: str) -> str:
        """The path of an article of one language that was withdrawn."""
        return self._listed_in_log(language, httpx.codes.GONE)

    def article_with_notice(self, language: str) -> str:
        """The path of an article of one language that carries a notice."""
        return self._listed_in_log(language, httpx.codes.OK)

    def _listed_in_log(self, language: str, status: int) -> str:
        log = httpx.get(f"{self.url}/{language}/corrections/").text
        for path in dict.fromkeys(re.findall(rf'href="(/{language}/\d+/[^"#]*)#notice', log)):
            if httpx.get(f"{self.url}{path}").status_code == status:
                return str(path)
        raise LookupError(f"no article of the log in {language} answers {status}")

    def link_mailed_to(self, address: str, place: str) -> str:
        """The newest link to a place of the site that was mailed to an address, once it has been."""
        until = time.monotonic() + LONGEST_MAIL
        while time.monotonic() < until:
            listed = unescape(httpx.get(f"{self.url}/mailbox/").text)
            for mail in [path for path, to in MAILS.findall(listed) if address in to]:
                words = unescape(httpx.get(f"{self.url}{mail}").text)
                link = re.search(rf"{self.url}/\w\w/{place}/[\w-]+/", words)
                if link:
                    return link[0]
            time.sleep(0.2)
        raise LookupError(f"no link to {place} was mailed to {address}")

    def bring(self, paragraphs: list[str]) -> str:
        """Brings an Arabic article in as from another system, or its next revision; gives the path of its page."""
        words = {"title": "شبكة المياه", "language": "ar", "section": "services", "paragraphs": paragraphs}
        whence = {"canonical_url": "https://wire.example/water", "published_at": "2026-01-05T09:00:00+03:00"}
        document = self.log.parent / "article.json"
        document.write_text(json.dumps({"articles": [{**words, **whence}]}), "utf-8")
        found = re.search(r"/ar/\d+/", self._manage("import_articles", str(document)))
        assert found
        return found[0]

    def _manage(self, *arguments: str) -> str:
        port = int(self.url.rpartition(":")[2])
        environment = _environment(self.log.parent, port) | _DEMO
        command = [sys.executable, "manage.py", *arguments]
        return subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True).stdout

    def article_root(self, language: str) -> str:
        """The shortest path of the newest article, below which its forms stand."""
        return "/".join(self.articles(language)[0].split("/")[:3]) + "/"


@contextmanager
def running_demonstration(**variables: str) -> Iterator[Site]:
    """The server of the demonstration over a folder of its own that is filled already, on a free port, until it
    answers; stopped at the end. (How `run_demo` itself comes to this is tried in tests/journeys.)"""
    with TemporaryDirectory(prefix="tashih-demo-") as name:
        folder, port = Path(name), free_port()
        shutil.copytree(_filled(), folder, dirs_exist_ok=True)
        environment = {**_environment(folder, port), "HOST": "127.0.0.1", "SITE_URL": _address(port), **_DEMO}
        with _running(_SERVER, folder / "web.log", environment | variables):
            # What was printed when the folder was filled.
            yield Site(_address(port), folder / _PRINTED)


@cache
def _filled() -> Path:
    """A folder that the demonstration has filled in this process, which takes longer than everything else of it."""
    folder = Path(mkdtemp(prefix="tashih-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with _running(["manage.py", "run_demo"], folder / _PRINTED, _environment(folder, free_port())):
        return folder


@contextmanager
def _running(command: list[str], log: Path, environment: Mapping[str, str]) -> Iterator[None]:
    child = Child([sys.executable, *command], log, environment=dict(environment), directory=PROJECT)
    try:
        child.wait_until_ready(lambda: accepts_connections(int(environment["PORT"])), 90)
        yield
    finally:
        child.kill()


def _address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": str(Path(sys.executable).parent) + ":/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "DATA_DIR": str(folder / "data"),
        "PORT": str(port),
    }
