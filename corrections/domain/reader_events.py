"""Which events of a case its reader sees, and in which words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.enums import Audience, Happening
from corrections.models import Case, Delivery, Event

#: Events that the reader's timeline shows, with the words it shows; everything else stays on the desk.
PUBLIC_HAPPENINGS: dict[str, str | Promise] = {
    Happening.CLAIMED: _("Checking has started."),
    Happening.KIND_CHANGED: _("The desk now treats your report as another kind."),
    Happening.FILE_ADDED: _("You added a file."),
    Happening.FILE_REMOVED: _("You removed a file."),
    Happening.DEADLINE_EXTENDED: _("The decision is put off."),
    Happening.DEADLINE_MOVED: _("A holiday, or other hours of the desk, move the promised day."),
    Happening.STATEMENT_ASKED: _("The desk has asked somebody for a statement."),
    Happening.STATEMENT_GIVEN: _("The desk has received a statement."),
    Happening.RESUMED: _("The desk goes on with the information it has."),
    Happening.DECIDED: _("A decision has been made."),
    Happening.NOTICE_PUBLISHED: _("A notice has been published on the article."),
    Happening.REOPENED: _("The desk is looking at the case again."),
    Happening.LEAD_EXTENDED: _("The decision is put off."),
    Happening.REVIEW_ASKED: _("A review of the decision has been asked for."),
    Happening.REVIEW_WITHDRAWN: _("You took your request for a review back."),
    Happening.JOINED_REVIEW_ASKED: _("Another reader has asked for a review of the decision."),
    Happening.JOINED_REVIEW_ENDED: _("The review has ended without a new decision; the first one holds."),
    Happening.SOLVED_SAID: _("You said whether it was solved."),
    Happening.CLOSED: _("The case is closed."),
    Happening.WITHDRAWN: _("The report has been withdrawn."),
    Happening.LINKED: _("Joined to a similar report; one decision answers both."),
    Happening.UNLINKED: _("Looked at on its own again."),
    Happening.LEAD_DECIDED: _("A decision has been made on the report that yours is joined to."),
    Happening.ADDRESS_CHANGED: _("You gave another e-mail address."),
    Happening.CONFIRMATION_ASKED: _("You asked for the confirmation again."),
    Happening.ADDRESS_CONFIRMED: _("The e-mail address is confirmed."),
    Happening.IDENTITY_ERASED: _("The name, address and files of this report have been deleted."),
    Happening.UNDONE: _("The desk has taken its last step back."),
}
#: Steps whose taking back the reader is told of: those that the reader could see.
_SEEN_STEPS = frozenset({*PUBLIC_HAPPENINGS, Happening.QUESTION_ASKED, Happening.MESSAGE_SENT})
#: After these a case is taken up anew.
_BEGUN_ANEW = (Happening.REOPENED, Happening.REVIEW_ASKED, Happening.JOINED_REVIEW_ASKED, Happening.UNLINKED)


def shown_events(case: Case) -> list[Event]:
    """What the reader is to know of: a step that was taken back, and its taking back, only where a letter had told of
    it (one query, and one where any was taken back)."""
    events = list(case.events.filter(happening__in=list(PUBLIC_HAPPENINGS)).select_related("attachment"))
    undone = {event.pk: event.data["undone"] for event in events if event.happening == Happening.UNDONE}
    if undone:
        letters = Delivery.objects.filter(event__in=undone, audience=Audience.READER)
        told = set(letters.values_list("event", flat=True))
        gone = {step for event, step in undone.items() if event not in told}
        silent = undone.keys() - told
        events = [event for event in events if event.pk not in gone | silent]
    return [event for event in events if event.data.get("of", Happening.UNDONE) in _SEEN_STEPS]


def each_once(events: list[Event]) -> list[Event]:
    """The events without each taking up that only says again that the case is looked at."""
    is_taken_up, lines = False, []
    for event in sorted(events, key=lambda each: each.sequence):
        if event.happening == Happening.CLAIMED and is_taken_up:
            continue
        is_taken_up = event.happening == Happening.CLAIMED or (is_taken_up and event.happening not in _BEGUN_ANEW)
        lines.append(event)
    return lines
