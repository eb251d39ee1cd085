"""What may go wrong when the desk acts on a case, each with its status and its sentence."""

from http import HTTPStatus

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from corrections.domain import access
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.testimony import AlreadyDecided, StatementUnknown
from corrections.domain.undo import CannotUndo
from corrections.workflow import MoveNotAllowed
from newsroom.articles import ArticleChanged, ArticleIsWithdrawn, NotMinor

EXPECTED = (
    Refused,
    CaseChanged,
    MoveNotAllowed,
    CannotUndo,
    access.NotAllowed,
    ArticleChanged,
    ArticleIsWithdrawn,
    NotMinor,
    StatementUnknown,
)

_SENTENCES = (
    (
        CaseChanged,
        _("The case was changed meanwhile. See what happened below; your text is kept. Press again to go on."),
    ),
    (access.NotAllowed, _("The rules do not let you do this on this case.")),
    (
        ArticleChanged,
        _("The article was revised after this decision was proposed. Refuse to sign, so that it is decided anew."),
    ),
    (ArticleIsWithdrawn, _("The article has been withdrawn; nothing in it can be changed.")),
    (AlreadyDecided, _("A statement cannot be asked for once the case is decided.")),
    (StatementUnknown, _("This statement has come meanwhile, or is no longer asked for.")),
)
_OTHERWISE = _("This step does not start from where the case stands now.")


def status_of(error: Exception) -> HTTPStatus:
    """Words to mend: 422. Not for this person: 403. Not from where the case or the article stands: 409."""
    if isinstance(error, Refused):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.FORBIDDEN if isinstance(error, access.NotAllowed) else HTTPStatus.CONFLICT


def sentence_of(error: Exception) -> str:
    """Why nothing was changed; empty for words to mend, which stand at their fields."""
    if isinstance(error, Refused | CannotUndo):
        return str(error.reason) if isinstance(error, CannotUndo) else ""
    if isinstance(error, NotMinor):
        return f"{error.beyond.label}."
    return next((str(words) for kind, words in _SENTENCES if isinstance(error, kind)), str(_OTHERWISE))


def expired_sentence() -> str:
    """What is told to whoever sent a form without a valid token, or after the session had ended."""
    return gettext(
        "Nothing has been sent yet: the page or the session had expired. "
        "Your text is still here; press the button again."
    )
