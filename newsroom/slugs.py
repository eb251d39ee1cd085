"""Words in addresses. Routing goes by number alone; the words are for people."""

from urllib.parse import quote

from django.utils.text import slugify

from newsroom.text import fold

#: A percent-encoded Arabic letter takes six bytes; longer addresses break in mails and messengers.
LONGEST_SLUG = 60


def slug_of(title: str) -> str:
    """The words of a headline as they stand in the article's address, cut at a whole word.

    Folded first: slugify keeps the tatweel and marks of Arabic writing.
    """
    words = slugify(fold(title), allow_unicode=True)
    if len(words) <= LONGEST_SLUG:
        return words
    return words[:LONGEST_SLUG].rpartition("-")[0] or words[:LONGEST_SLUG]


def quoted(slug: str) -> str:
    """A slug as it is written into an address."""
    return quote(slug, safe="-")
