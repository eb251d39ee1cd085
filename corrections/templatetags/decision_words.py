"""The words of a decision as a reader of the page's language is given them."""

from django import template
from django.utils.translation import get_language

from corrections.models import Decision
from corrections.models.decision import Reasons

register = template.Library()


@register.simple_tag
def reasons_of(decision: Decision) -> Reasons:
    """The reasons in the language of the page, or as they were written where nobody wrote them so."""
    return decision.reasons_in(get_language() or decision.case.language)
