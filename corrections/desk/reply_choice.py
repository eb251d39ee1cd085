"""A reply template for the message field: what stands there already is replaced only when that is asked for."""

from dataclasses import dataclass
from enum import StrEnum

from django.http import QueryDict
from django.utils.translation import get_language

from corrections.desk.forms import ActionForm
from corrections.domain.queries import CasePage
from corrections.domain.replies import reply_in


class How(StrEnum):
    """What is to become of words that stand in the field; the values are names of buttons."""

    ASK = "template"
    APPEND = "append"
    REPLACE = "replace"


@dataclass(frozen=True)
class ReplyChoice:
    """The template that somebody chose by its key, and how it comes into the field."""

    key: str = ""
    how: How = How.ASK


@dataclass(frozen=True)
class ReplyOffer:
    """A template that was not put in, since the field holds words; or, after it was, the words that `stood` there."""

    key: str
    name: str
    words: str
    #: The field holds another template as it is.
    is_over_template: bool = False
    stood: str = ""


def choice_in(sent: QueryDict) -> ReplyChoice:
    """The choice that an address or a form brings."""
    how = next((how for how in How if sent.get(how)), How.ASK)
    return ReplyChoice(sent.get(how, ""), how)


def put_reply(form: ActionForm, page: CasePage, choice: ReplyChoice) -> ReplyOffer | None:
    """Puts the chosen template into the form of a message; what remains to be asked or shown, where anything does."""
    template = next((each for each in page.templates if each.key == choice.key), None)
    if template is None:
        return None
    # Not the bound field: it keeps its first value, whatever is written into the form afterwards.
    reply, written = (
        reply_in(page.case, template),
        str((form.data if form.is_bound else form.initial).get("text") or ""),
    )
    offer = ReplyOffer(template.key, template.name_in(get_language() or page.case.language), reply)
    if not written.strip():
        _write(form, reply)
        return None
    if choice.how == How.APPEND:
        _write(form, f"{written.rstrip()}\n\n{reply}")
        return None
    if choice.how == How.REPLACE:
        _write(form, reply)
        return ReplyOffer(offer.key, offer.name, reply, stood=written)
    if _holds(written, reply):
        return None
    templates = {_folded(reply_in(page.case, each)) for each in page.templates}
    return ReplyOffer(offer.key, offer.name, reply, is_over_template=_folded(written) in templates)


def _write(form: ActionForm, text: str) -> None:
    answers = {"text": text, "addition": "message"}
    if form.is_bound:
        form.with_answers(**answers)
    else:
        form.initial.update(answers)


def _holds(written: str, reply: str) -> bool:
    """Whether the paragraphs of a reply stand in what is written, one after the other."""
    there, wanted = ([_folded(part) for part in text.replace("\r\n", "\n").split("\n\n")] for text in (written, reply))
    return any(there[place : place + len(wanted)] == wanted for place in range(len(there)))


def _folded(text: str) -> str:
    return " ".join(text.split())
