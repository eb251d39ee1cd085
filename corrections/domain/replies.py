"""Reply templates: which fit a case, their words for its reader, and the only writer of them."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import LONGEST_TEXT, Fault, length_fault, refuse_if
from corrections.enums import Kind, Purpose
from corrections.models import Case, ReplyTemplate
from corrections.reply_words import (
    VARIABLES,
    filled,
    has_broken_slot,
    is_unfinished,
    listed,
    slots_in,
    unknown_variables,
    variables_in,
)
from newsroom.dates import long_date
from newsroom.text import clean_line, clean_text

#: Templates offered for one case.
MOST_OFFERED = 100
#: A template leaves room for the values of its variables and for what fills its slots.
LONGEST_TEMPLATE = LONGEST_TEXT // 2


@dataclass(frozen=True)
class ReplyWords:
    """What a template says and for what; `kind` is empty where it fits every case."""

    use: str
    kind: str
    name_ar: str
    name_en: str
    text_ar: str
    text_en: str
    position: int = 0
    is_offered: bool = True


def templates_for(case: Case) -> list[ReplyTemplate]:
    """The templates that fit a case, in their order (one query)."""
    return list(ReplyTemplate.objects.filter(Q(kind="") | Q(kind=case.kind), is_offered=True)[:MOST_OFFERED])


def reply_in(case: Case, template: ReplyTemplate) -> str:
    """A template's words in the language of the case's reader, its variables filled; writes nothing.

    `case` carries `title`, as access.fetch_case gives it. Slots stay, for the editor to fill.
    """
    with translation.override(case.language):
        return filled(template.text_in(case.language), _values(case))


def unfinished_faults(field: str, text: str, purpose: Purpose) -> list[Fault]:
    """The faults of words to a reader in which something of a template is left to fill."""
    if purpose not in (Purpose.QUESTION, Purpose.TO_READER) or not is_unfinished(text):
        return []
    slots, variables = slots_in(text), variables_in(text)
    if slots:
        return [Fault(field, _("Fill in what stands between [[ and ]]: %(slots)s") % {"slots": " – ".join(slots)})]
    return [Fault(field, _("Write the words instead of %(variables)s") % {"variables": listed(variables)})]


def template_faults(words: ReplyWords) -> list[Fault]:
    """Everything to mend before a template can be kept."""
    return [
        fault
        for field, text in (("text_ar", words.text_ar), ("text_en", words.text_en))
        for fault in _text_faults(field, text)
    ]


def keep_template(key: str, words: ReplyWords) -> ReplyTemplate:
    """Writes a template, new or anew. Raises Refused for an unknown variable, a broken slot or words too long."""
    clean = ReplyWords(
        **{
            **asdict(words),
            "name_ar": clean_line(words.name_ar),
            "name_en": clean_line(words.name_en),
            "text_ar": clean_text(words.text_ar),
            "text_en": clean_text(words.text_en),
        }
    )
    refuse_if(template_faults(clean))
    return ReplyTemplate.objects.update_or_create(key=key, defaults=asdict(clean))[0]


def _text_faults(field: str, text: str) -> list[Fault]:
    unknown = unknown_variables(text)
    if not text.strip():
        return [Fault(field, _("Write the words"))]
    if unknown:
        message = _("No case can fill %(unknown)s. There are: %(known)s")
        return [Fault(field, message % {"unknown": listed(unknown), "known": listed(VARIABLES)})]
    if has_broken_slot(text):
        return [Fault(field, _("A slot begins with [[, says what is wanted, and ends with ]]"))]
    return length_fault(field, text, LONGEST_TEMPLATE)


def _values(case: Case) -> dict[str, str]:
    site = str(settings.SITE_URL)
    return {
        "number": case.number,
        "kind": str(Kind(case.kind).label),
        "article": str(case.title),  # type: ignore[attr-defined]  # annotated by access.fetch_case
        "received_on": long_date(case.received_at),
        "decision_due": long_date(case.decision_due_at),
        "site_name": str(settings.SITE_NAMES[case.language]),
        "complaint_page": site + reverse("reader:complaint", args=[case.article_id]),
        "policy_page": site + reverse("reader:promise"),
    }
