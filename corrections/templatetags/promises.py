"""What the site promises, in words: every figure comes from the configuration that the clocks run on."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from corrections import desk_settings
from corrections.domain import clocks, code
from corrections.domain.clock_words import span
from corrections.enums import Kind, NoticeKind

register = template.Library()
register.filter(span)

#: What each kind of notice tells readers of the article.
NOTICE_MEANINGS = {
    NoticeKind.CORRECTION: _("Something in the text was wrong and has been changed."),
    NoticeKind.CLARIFICATION: _("The text was right but unclear; words were added."),
    NoticeKind.UPDATE: _("New information since publication. Not an error."),
    NoticeKind.EDITORS_NOTE: _("Something that readers should know about the piece; its text stays as it was."),
    NoticeKind.RIGHT_OF_REPLY: _("We published an answer by someone in the story."),
    NoticeKind.APOLOGY: _("The newsroom says that it is sorry, and for what."),
    NoticeKind.RETRACTION: _("We no longer stand by the piece. A notice stays in its place."),
}


@register.inclusion_tag("corrections/promise/times.html")
def promised_times() -> dict[str, Any]:
    """The first reply and the decision: once where reports and complaints are promised the same, else for each."""
    promises = clocks.promises()
    reports, complaints = promises[Kind.CORRECTION], promises[Kind.COMPLAINT]
    same = (reports.acknowledge, reports.decide) == (complaints.acknowledge, complaints.decide)
    return {"reports": reports, "complaints": None if same else complaints}


@register.simple_tag
def urgent_promise() -> dict[str, Any] | None:
    """What promise/urgent.html says of complaints about people's safety; None where no clause is about it."""
    language = get_language() or settings.LANGUAGE_CODE
    names = [f"“{clause.name_in(language)}”" for clause in code.active_clauses() if clause.concerns_safety]
    if not names:
        return None
    return {
        "clauses": pgettext("between alternatives", " or ").join(names),
        "promise": clocks.promise_of(Kind.COMPLAINT),
        "is_watched": desk_settings.current().safety_watched_at_night,
    }


@register.inclusion_tag("corrections/promise/out_of_scope.html", takes_context=True)
def out_of_scope(context: Context) -> dict[str, Any]:
    """What the complaint form is not for, and where to go instead; an address that is not set prints nothing."""
    values = desk_settings.current()
    return {
        "article": context.get("article"),
        "emergency_numbers": values.emergency_numbers,
        "advertising_address": values.advertising_address,
        "comments_address": values.comments_address,
        "legal_address": values.legal_address,
    }


@register.inclusion_tag("corrections/promise/notice_terms.html")
def notice_terms() -> dict[str, Any]:
    """The kinds of notices and what they mean."""
    return {"terms": [(kind.label, meaning) for kind, meaning in NOTICE_MEANINGS.items()]}
