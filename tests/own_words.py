"""The words of a page that are its own, and those among them that are in the other language."""

import re
from html.parser import HTMLParser

ARABIC = re.compile(r"[\u0620-\u064a]{2,}")
#: Two Latin words in a row; single ones (Atom, IP, JPEG) belong to both languages.
ENGLISH = re.compile(r"[A-Za-z]{3,} [A-Za-z]{3,}")
#: What may fall apart among Arabic letters where nothing isolates it: numbers of reports, ranges, telephones.
TORN = re.compile(r"\b\d{4}/\d{4,}|\d[–-]\d|\+\d{3,}")
#: Isolated in plain text, where no element can stand.
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
VOID = {"meta", "link", "input", "img", "br", "wbr", "hr"}
#: Attributes whose words are read out or shown.
SPOKEN = ("aria-label", "alt", "title", "placeholder")


class OwnWords(HTMLParser):
    """The words of a page that are its own: not those of articles, people and readers, which lie in <bdi>, in
    elements of another language or in elements whose direction follows their words."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.found: list[str] = []
        self.spoken: list[str] = []
        #: What others wrote, in elements that say so; and the title of the page, where no element can stand.
        self.of_others: list[str] = []
        self.title = ""
        self.foreign: list[bool] = [False]
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        language = (given.get("lang") or self.language).partition("-")[0]
        if not self.foreign[-1] and language == self.language and tag != "link":
            self.spoken += [given[name] or "" for name in SPOKEN if name in given]
        if tag in VOID:
            return
        is_foreign = (
            tag in ("bdi", "script", "textarea")
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
        if self.tags and self.tags[-1] == "title":
            self.title += data
        elif self.foreign[-1]:
            self.of_others.append(data.strip())
        else:
            self.found.append(data.strip())

    def own_title(self) -> str:
        """The title without what others wrote, which the page itself says with an element around it."""
        title = self.title
        for words in sorted(self.of_others, key=len, reverse=True):
            title = title.replace(words, "") if words else title
        return title.strip()


def own_words(html: str, language: str) -> list[str]:
    return [text for text in _read(html, language).found if text]


def torn(html: str, language: str) -> list[str]:
    """The own words of a page in which a number stands without isolation; its title can hold none."""
    return [text for text in own_words(html, language) if TORN.search(ISOLATED.sub("", text))]


def mixed(html: str, language: str) -> list[str]:
    """The own words of a page that are in the other language, those that are only read out among them."""
    other = ARABIC if language == "en" else ENGLISH
    reader = _read(html, language)
    return [text for text in (*reader.found, *reader.spoken, reader.own_title()) if other.search(text)]


def _read(html: str, language: str) -> OwnWords:
    reader = OwnWords(language)
    reader.feed(html)
    return reader
