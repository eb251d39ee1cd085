"""The words of a page that are its own, and those among them that are in the other language."""

import re
from html.parser import HTMLParser

ARABIC = re.compile(r"[\u0620-\u064a]{2,}")
#: Two Latin words in a row; single ones (Atom, IP, JPEG) belong to both languages.
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}")
VOID = {"meta", "link", "input", "img", "br", "wbr", "hr"}


class OwnWords(HTMLParser):
    """The words of a page that are its own: not those of articles, people and readers, which lie in <bdi>, in
    elements of another language or in elements whose direction follows their words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.found: list[str] = []
        self.foreign: list[bool] = [False]
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        language = (given.get("lang") or self.language).partition("-")[0]
        is_foreign = (
            tag in ("bdi", "script", "title", "textarea")
            or language != self.language
            or given.get("dir") == "auto"
            or given.get("class") == "hp"
        )
        self.foreign.append(self.foreign[-1] or is_foreign)
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.tags and tag in self.tags:
            self.foreign.pop()
            if self.tags.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self.foreign[-1]:
            self.found.append(data.strip())


def own_words(html: str, language: str) -> list[str]:
    reader = OwnWords(language)
    reader.feed(html)
    return [text for text in reader.found if text]


def mixed(html: str, language: str) -> list[str]:
    """The own words of a page that are in the other language."""
    other = ARABIC if language == "en" else ENGLISH
    return [text for text in own_words(html, language) if other.search(text)]
