"""The words of actions on many cases as choices. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BulkAction(TextChoices):
    """What can be done on many cases at once."""

    TAKE = "take", _("Assign to me")
    ASSIGN = "assign", _("Assign to somebody")
    SEVERITY = "severity", _("Set the severity")
    HOLD = "hold", _("Hold as suspicious")
    RELEASE = "release", _("Release")
    CLOSE = "close", _("Close")
    JOIN = "join", _("Join to a leading case")
    SEPARATE = "separate", _("Separate from the leading case")
    WRITE = "write", _("Write to the readers")
    SNOOZE = "snooze", _("Put aside until a day")
    #: Takes a job back; it is started from the job's own page alone.
    UNDO = "undo", _("Undo")


class ItemState(TextChoices):
    """What became of one case of a job."""

    PENDING = "pending", _("Not done yet")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Not possible")
    CHANGED = "changed", _("Changed meanwhile")
    CANCELLED = "cancelled", _("Cancelled before its turn")


class Obstacle(TextChoices):
    """Why an action on many cases leaves one of them out."""

    NONE = "", "—"
    OWN_ARTICLE = "own_article", _("You wrote or edited this article")
    RULES = "rules", _("The rules do not let you do this on this case")
    STATE = "state", _("This step does not start from where the case stands")
    UNCHANGED = "unchanged", _("It is so already")
    ASSIGNEE = "assignee", _("The person chosen may not work on this case")
    LEAD = (
        "lead",
        _("Only cases of one kind about the same article are joined; none that leads others, none under review"),
    )
    ANSWER = (
        "answer",
        _("The leading case is decided: you may not give its answer to this reader, or not without a second signature"),
    )
    NO_TEXT = "no_text", _("There is no text in the reader’s language")
    NO_WAY_BACK = (
        "no_way_back",
        _("No longer to be taken back: its letter has gone out, or later steps build on it"),
    )
    NOT_FOUND = "not_found", _("The case is not to be found any more")
    FAULT = "fault", _("Something failed on our side; nothing was changed")
