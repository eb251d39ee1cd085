"""How tests ask for statements and find what was asked."""

from typing import Any

from django.urls import reverse
from django.utils import translation

from corrections.domain import testimony
from corrections.domain.testimony import Asking
from corrections.models import Case, Statement
from corrections.notifications.links import statement_token
from newsroom.models import StaffMember
from tests.factories import NOW, as_actor

QUESTION = "كيف تحققتم من عدد الأسر؟"


def ask_statement(case: Case, by: StaffMember, of: Any = None, **fields: Any) -> Statement:
    """A statement that an editor asks of a colleague, or of somebody outside."""
    now = fields.pop("now", NOW)
    outside = {"name": "هدى العلي", "address": "huda@example.org", "language": "ar"}
    asking = Asking(**{"question": QUESTION, "staff_member": of, **({} if of else outside), **fields})
    case.refresh_from_db()
    return testimony.ask(case, asking, actor=as_actor(by), expected_version=case.version, now=now)


def link_of(statement: Statement, language: str = "ar") -> str:
    """The path that the letter leads to."""
    statement.refresh_from_db()
    with translation.override(language):
        return reverse("reader:statement", args=[statement_token(statement.seed)])
