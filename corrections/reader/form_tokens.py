"""The hidden token that makes a form one intention: issued with the form, read when it comes back."""

from datetime import datetime

from corrections.domain.words import FASTEST_PERSON
from corrections.keys import hashing_key
from corrections.tokens import (
    FormToken,
    FormTokenExpired,
    FormTokenForged,
    FormTokenTooYoung,
    issue_form_token,
    read_form_token,
)

#: A form may stay open for a day.
LONGEST_OPEN = 24 * 60 * 60


def fresh_token(purpose: str, now: datetime) -> str:
    """A token for a form that is shown now."""
    return issue_form_token(hashing_key(), now, purpose)


def returned_token(typed: str, purpose: str, now: datetime) -> FormToken | None:
    """What the token says, or None when it is not ours or too old: then the form is shown again with its words."""
    try:
        return read_form_token(hashing_key(), typed, now, purpose, FASTEST_PERSON, LONGEST_OPEN)
    except FormTokenTooYoung as young:
        return young.form_token
    except (FormTokenExpired, FormTokenForged):
        return None
