"""Who is told of what, with which letter: data. Nobody is told of what they did themselves (see recipients)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from corrections.enums import Audience, Happening, Kind, Severity, Status
from corrections.models import Case


class When(Enum):
    """What must be true of the case for a letter to be written."""

    ALWAYS = "always"
    #: A correction or an addition; of several sent together, the first: one letter answers one sending.
    REPORT = "report"
    COMPLAINT = "complaint"
    #: Not set apart as suspicious: a flood of reports must not become a flood of mails to the desk.
    NOT_HELD = "not held"
    #: Somebody looks at it already; what arrives before then is read with the report.
    TAKEN_UP = "taken up"
    SAFETY_COMPLAINT = "safety complaint"
    #: Joined to a report that is not decided yet; otherwise the decision itself is the news.
    LEAD_UNDECIDED = "lead undecided"
    #: Joined to no other: the desk works on the case itself.
    NOT_JOINED = "not joined"
    DECIDED = "decided"


@dataclass(frozen=True)
class Letter:
    """One letter to one audience; `template` names the file in templates/corrections/emails/.

    `is_news` marks the letters that say no more than "there is something on your page": a reader has at most
    one of them unread (corrections.notifications.restraint).
    """

    audience: Audience
    template: str
    is_news: bool = False
    when: When = When.ALWAYS


#: The letters whose link confirms an address. They alone go to one that is not confirmed, and they alone can be caused
#: by a stranger who types in somebody else's address; so they are withheld when an address gets too many.
CONFIRMING_LETTERS = ("received", "complaint_received", "confirm_address", "confirm_following")

PLAN: Mapping[Happening, tuple[Letter, ...]] = MappingProxyType(
    {
        Happening.RECEIVED: (
            Letter(Audience.READER, "received", when=When.REPORT),
            Letter(Audience.READER, "complaint_received", when=When.COMPLAINT),
            Letter(Audience.DESK, "case_arrived", when=When.NOT_HELD),
            Letter(Audience.STANDARDS, "case_arrived", when=When.SAFETY_COMPLAINT),
        ),
        Happening.ADDRESS_CHANGED: (Letter(Audience.READER, "confirm_address"),),
        Happening.CONFIRMATION_ASKED: (Letter(Audience.READER, "confirm_address"),),
        Happening.QUESTION_ASKED: (Letter(Audience.READER, "question"),),
        Happening.READER_ANSWERED: (Letter(Audience.ASSIGNEE, "reader_answered"),),
        Happening.READER_ADDED: (Letter(Audience.ASSIGNEE, "reader_added"),),
        Happening.FILE_ADDED: (Letter(Audience.ASSIGNEE, "file_added", when=When.TAKEN_UP),),
        Happening.NOTE_ADDED: (Letter(Audience.MENTIONED, "mentioned"),),
        Happening.MESSAGE_SENT: (Letter(Audience.READER, "message", is_news=True),),
        Happening.KIND_CHANGED: (Letter(Audience.READER, "kind_changed", is_news=True),),
        Happening.ASSIGNED: (Letter(Audience.ASSIGNEE, "assigned"), Letter(Audience.FORMER, "handed_on")),
        Happening.CLAIM_LAPSED: (Letter(Audience.FORMER, "claim_lapsed"),),
        Happening.DECISION_PROPOSED: (Letter(Audience.SIGNERS, "signature_wanted"),),
        Happening.SIGNATURE_REFUSED: (Letter(Audience.ASSIGNEE, "signature_refused"),),
        Happening.DECIDED: (Letter(Audience.READER, "decision"),),
        Happening.LEAD_DECIDED: (Letter(Audience.READER, "decision"),),
        Happening.REOPENED: (Letter(Audience.READER, "reopened", is_news=True),),
        Happening.REVIEW_ASKED: (
            Letter(Audience.READER, "review_received"),
            Letter(Audience.STANDARDS, "review_asked", when=When.NOT_JOINED),
            Letter(Audience.ADMINISTRATORS, "review_without_decider", when=When.NOT_JOINED),
        ),
        Happening.JOINED_REVIEW_ASKED: (
            Letter(Audience.READER, "under_review", is_news=True),
            Letter(Audience.STANDARDS, "review_asked"),
            Letter(Audience.ADMINISTRATORS, "review_without_decider"),
        ),
        Happening.REVIEW_WITHDRAWN: (Letter(Audience.ASSIGNEE, "review_withdrawn", when=When.DECIDED),),
        Happening.JOINED_REVIEW_ENDED: (
            Letter(Audience.READER, "review_ended", is_news=True),
            Letter(Audience.ASSIGNEE, "review_withdrawn"),
        ),
        Happening.STATEMENT_ASKED: (Letter(Audience.ASKED, "statement_asked"),),
        Happening.STATEMENT_AGAIN: (Letter(Audience.ASKED, "statement_asked"),),
        Happening.STATEMENT_WITHDRAWN: (Letter(Audience.ASKED, "statement_withdrawn"),),
        Happening.STATEMENT_GIVEN: (Letter(Audience.ASSIGNEE, "statement_given"),),
        Happening.STATEMENT_AMENDED: (Letter(Audience.ASSIGNEE, "statement_amended"),),
        Happening.STATEMENT_NEAR: (
            Letter(Audience.ASKED, "statement_near"),
            Letter(Audience.ASSIGNEE, "statement_awaited"),
        ),
        Happening.STATEMENT_LATE: (Letter(Audience.ASSIGNEE, "statement_late"),),
        Happening.LINKED: (Letter(Audience.READER, "joined", is_news=True, when=When.LEAD_UNDECIDED),),
        Happening.UNLINKED: (Letter(Audience.READER, "separated", is_news=True),),
        Happening.WITHDRAWN: (Letter(Audience.ASSIGNEE, "withdrawn"),),
        Happening.PACK_ASKED: (Letter(Audience.SIGNERS, "consent_wanted"),),
        Happening.PACK_ALLOWED: (Letter(Audience.ASKER, "consent_given"),),
        Happening.FIRST_REPLY_MISSED: (Letter(Audience.ASSIGNEE, "first_reply_missed"),),
        Happening.DEADLINE_NEAR: (Letter(Audience.ASSIGNEE, "deadline_near"),),
        Happening.DEADLINE_MISSED: (
            Letter(Audience.ASSIGNEE, "deadline_missed"),
            Letter(Audience.STANDARDS, "deadline_missed"),
        ),
        Happening.DEADLINE_EXTENDED: (Letter(Audience.READER, "extended"),),
        Happening.LEAD_EXTENDED: (Letter(Audience.READER, "extended"),),
        Happening.DEADLINE_ESCALATED: (Letter(Audience.ADMINISTRATORS, "deadline_escalated"),),
    }
)


def letters_for(happening: str, case: Case) -> list[Letter]:
    """The letters that an event of this kind calls for, on a case as it stands now."""
    return [letter for letter in PLAN.get(Happening(happening), ()) if _applies(letter.when, case)]


def _applies(when: When, case: Case) -> bool:
    is_complaint = case.kind == Kind.COMPLAINT
    answers = {
        When.ALWAYS: True,
        When.REPORT: not is_complaint and case.sent_with_id is None,
        When.COMPLAINT: is_complaint,
        When.NOT_HELD: case.status != Status.HELD,
        When.TAKEN_UP: case.status not in (Status.HELD, Status.NEW),
        When.LEAD_UNDECIDED: case.lead is None or case.lead.decided_at is None,
        When.NOT_JOINED: case.lead_id is None,
        When.DECIDED: case.status == Status.DECIDED,
        When.SAFETY_COMPLAINT: is_complaint and case.severity == Severity.SAFETY,
    }
    return answers[when]
