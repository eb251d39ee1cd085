"""The words of the desk as choices. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    CORRECTION = "correction", _("Correction")
    ADDITION = "addition", _("Additional details")
    COMPLAINT = "complaint", _("Complaint")


class Problem(TextChoices):
    """What the reader of the correction form says it is."""

    FACT = "fact", _("A fact is wrong")
    MISSING = "missing", _("An important detail is missing")
    QUOTATION = "quotation", _("A quotation or translation is inaccurate")
    PICTURE = "picture", _("A picture or its caption")
    SPELLING = "spelling", _("Spelling or language")
    OTHER = "other", _("Something else")


class Part(TextChoices):
    """Where in an article a passage stands."""

    BODY = "body", _("Text")
    TITLE = "title", _("Headline")
    STANDFIRST = "standfirst", _("Standfirst")
    PHOTO = "photo", _("Photo")
    CAPTION = "caption", _("Caption")
    CREDIT = "credit", _("Photo credit")


class Relation(TextChoices):
    READER = "reader", _("I read it and have no direct connection")
    SUBJECT = "subject", _("The article is about me or an organisation I speak for")
    BEHALF = "behalf", _("I write for somebody whom the article is about")
    FAMILY = "family", _("The article is about someone in my family")
    UNSAID = "unsaid", _("I prefer not to say")


class Sought(TextChoices):
    """What a complainant asks for. What is done is the desk's decision (Remedy)."""

    CORRECTION = "correction", _("A correction")
    REPLY = "reply", _("A reply published")
    APOLOGY = "apology", _("An apology")
    REMOVAL = "removal", _("Words or a picture removed")
    EXPLANATION = "explanation", _("An explanation")
    OTHER = "other", _("Another remedy")


class Credit(TextChoices):
    NONE = "none", _("“A reader”, with no name")
    NAME = "name", _("With a name I give later")


class Solved(TextChoices):
    """What a reader says once after the decision: whether it put right what the report was about."""

    UNSAID = "", "—"
    YES = "yes", pgettext_lazy("solved", "Yes")
    PARTLY = "partly", pgettext_lazy("solved", "Partly")
    NO = "no", pgettext_lazy("solved", "No")


class Status(TextChoices):
    """Where a case stands on the desk. What readers are told follows the outcome (corrections.domain.reader_page)."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    HELD = "held", _("Held as suspicious")
    NEW = "new", _("New")
    IN_REVIEW = "in_review", _("In review")
    WAITING = "waiting", _("Waiting")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DUPLICATE = "duplicate", _("Duplicate")


OPEN_STATUSES = (Status.NEW, Status.IN_REVIEW, Status.WAITING)


class WaitingOn(TextChoices):
    NOBODY = "", _("Nobody")
    READER = "reader", _("Waiting for answer")
    SECOND_SIGNATURE = "second_signature", _("Needs second editor")


class Severity(TextChoices):
    UNSORTED = "", _("Not sorted yet")
    SAFETY = "safety", _("People’s safety")
    SERIOUS = "serious", _("Serious error")
    MINOR = "minor", _("Minor error")


class Channel(TextChoices):
    FORM = "form", _("Site form")
    INTERFACE = "api", _("Programming interface")


class Move(TextChoices):
    """The steps of the workflow; corrections.workflow says from where to where."""

    CONFIRM = "confirm", _("Confirm")
    HOLD = "hold", _("Hold as suspicious")
    RELEASE = "release", _("Release")
    CLAIM = "claim", _("Assign to me")
    ASK_READER = "ask_reader", _("Ask the reader")
    RESUME = "resume", _("Go on without an answer")
    ANSWER = "answer", _("Answer")
    PROPOSE = "propose", _("Send for second approval")
    SIGN = "sign", _("Sign and publish")
    REFUSE_SIGNATURE = "refuse_signature", _("Refuse to sign")
    DECIDE = "decide", _("Decide")
    CLOSE = "close", _("Close")
    REOPEN = "reopen", _("Reopen")
    WITHDRAW = "withdraw", _("Withdraw")
    ASK_REVIEW = "ask_review", _("Ask for a review")
    WITHDRAW_REVIEW = "withdraw_review", _("Take the request for a review back")
    #: The same by the reader of a report that is joined to the case.
    ASK_JOINED_REVIEW = "ask_joined_review", _("Ask for a review, from a joined report")
    END_JOINED_REVIEW = "end_joined_review", _("Take the request for a review back, from a joined report")
    LINK_DUPLICATE = "link_duplicate", _("Mark as duplicate")
    UNLINK_DUPLICATE = "unlink_duplicate", _("Undo the duplicate")


class Happening(TextChoices):
    """What an Event says. Public ones also stand on the reader's page (corrections.domain.reader_page)."""

    RECEIVED = "received", _("Case received")
    HELD = "held", _("Held as suspicious")
    RELEASED = "released", _("Released")
    CONFIRMED = "confirmed", _("Confirmed")
    CLAIMED = "claimed", _("Checking started")
    ASSIGNED = "assigned", _("Assigned")
    CLAIM_LAPSED = "claim_lapsed", _("Claim lapsed, nothing was done on it")
    UNASSIGNED = "unassigned", _("Given back: the owner no longer works on it")
    SEVERITY_SET = "severity_set", _("Severity set")
    KIND_CHANGED = "kind_changed", _("Kind changed")
    NOTE_ADDED = "note_added", _("Internal note")
    QUESTION_ASKED = "question_asked", _("Question to the reader")
    MESSAGE_SENT = "message_sent", _("Message to the reader")
    READER_ANSWERED = "reader_answered", _("Answer of the reader")
    READER_ADDED = "reader_added", _("Added by the reader")
    FILE_ADDED = "file_added", _("The reader added a file")
    FILE_REMOVED = "file_removed", _("The reader removed a file")
    RESUMED = "resumed", _("Taken up again without an answer")
    DECISION_PROPOSED = "decision_proposed", _("Decision waits for a second signature")
    SIGNATURE_REFUSED = "signature_refused", _("Second signature refused")
    DECIDED = "decided", _("Decision")
    NOTICE_PUBLISHED = "notice_published", _("Notice published")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    WITHDRAWN = "withdrawn", _("Withdrawn by the reader")
    LINKED = "linked", _("Joined to a similar report")
    UNLINKED = "unlinked", _("Separated again")
    SNOOZED = "snoozed", _("Put aside until a day")
    WOKEN = "woken", _("No longer put aside")
    LEAD_DECIDED = "lead_decided", _("Decided together with a similar report")
    LEAD_CHANGED = "lead_changed", _("Another similar report leads now")
    LEAD_EXTENDED = "lead_extended", _("Put off together with a similar report")
    REVIEW_ASKED = "review_asked", _("A review of the decision was asked for")
    REVIEW_WITHDRAWN = "review_withdrawn", _("The request for a review was taken back")
    JOINED_REVIEW_ASKED = "joined_review_asked", _("A review was asked for by the reader of a joined report")
    JOINED_REVIEW_ENDED = "joined_review_ended", _("The reader of a joined report took the request for a review back")
    SOLVED_SAID = "solved_said", _("The reader said whether it was solved")
    IDENTITY_REVEALED = "identity_revealed", _("Name and address revealed")
    ADDRESS_CHANGED = "address_changed", _("The reader changed the address")
    CONFIRMATION_ASKED = "confirmation_asked", _("The reader asked for the confirmation again")
    ADDRESS_CONFIRMED = "address_confirmed", _("The reader confirmed the address")
    IDENTITY_ERASED = "identity_erased", _("Personal data erased")
    STATEMENT_ASKED = "statement_asked", _("Statement asked for")
    STATEMENT_AGAIN = "statement_again", _("Statement asked for again")
    STATEMENT_WITHDRAWN = "statement_withdrawn", _("Statement no longer asked for")
    STATEMENT_GIVEN = "statement_given", _("Statement received")
    STATEMENT_AMENDED = "statement_amended", _("Statement amended")
    STATEMENT_NEAR = "statement_near", _("Reminder of a statement")
    STATEMENT_LATE = "statement_late", _("Statement is late")
    STATEMENT_ERASED = "statement_erased", _("Name of somebody asked for a statement erased")
    PACK_MADE = "pack_made", _("Hand-over pack made")
    PACK_ASKED = "pack_asked", _("Consent asked for: hand-over with name and address")
    PACK_ALLOWED = "pack_allowed", _("Consent given: hand-over with name and address")
    FIRST_REPLY_MISSED = "first_reply_missed", _("First reply is late")
    DEADLINE_NEAR = "deadline_near", _("Deadline reminder")
    DEADLINE_MISSED = "deadline_missed", _("Deadline missed")
    DEADLINE_EXTENDED = "deadline_extended", _("Decision put off")
    DEADLINE_MOVED = "deadline_moved", _("Promised days moved with the calendar")
    DEADLINE_ESCALATED = "deadline_escalated", _("Missed deadline passed on to the administrators")
    UNDONE = "undone", _("Step taken back")


class ActorKind(TextChoices):
    READER = "reader", _("The reader")
    STAFF = "staff", _("Corrections desk")
    ASKED = "asked", _("The person asked for a statement")
    CLOCK = "clock", _("The clock")


class Purpose(TextChoices):
    """Which question a Message answers, or what it is for."""

    REPORT = "report", _("The message")
    SOURCES = "sources", _("How it can be checked")
    REMEDY_SOUGHT = "remedy_sought", _("What would put it right")
    ADDED = "added", _("Added by the reader")
    REVIEW = "review", _("Why the decision should be reviewed")
    QUESTION = "question", _("Question to the reader")
    ANSWER = "answer", _("Answer of the reader")
    TO_READER = "to_reader", _("Message to the reader")
    EXTENSION = "extension", _("Why the decision takes longer")
    NOTE = "note", _("Internal note")


READER_PURPOSES = (
    Purpose.REPORT,
    Purpose.SOURCES,
    Purpose.REMEDY_SOUGHT,
    Purpose.ADDED,
    Purpose.ANSWER,
    Purpose.REVIEW,
)


class Finding(TextChoices):
    UPHELD = "upheld", _("Upheld")
    PARTLY_UPHELD = "partly_upheld", _("Partly upheld")
    NOT_UPHELD = "not_upheld", _("Not upheld")
    RESOLVED = "resolved", _("Resolved by agreement")
    INADMISSIBLE = "inadmissible", _("Inadmissible")
    NO_FINDING = "no_finding", _("No finding possible")


class Ground(TextChoices):
    """Why a case is inadmissible."""

    NONE = "", "—"
    OUT_OF_SCOPE = "out_of_scope", _("Not about our content")
    TOO_LATE = "too_late", _("Outside the time limit")
    ABUSIVE = "abusive", _("Abusive or repeated without new grounds")
    NOT_A_REPORT = "not_a_report", _("Not a correction or a complaint")


class Remedy(TextChoices):
    NONE = "none", _("No change")
    MINOR_FIX = "minor_fix", _("Minor fix")
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    EDITORS_NOTE = "editors_note", _("Editor’s note")
    RIGHT_OF_REPLY = "right_of_reply", _("Right of reply")
    APOLOGY = "apology", _("Apology")
    RETRACTION = "retraction", _("Retraction")
    TAKEDOWN = "takedown", _("Takedown with a stub")


#: Remedies that change the words of the article, those that only add a notice, and those that withdraw it.
EDITING_REMEDIES = (Remedy.MINOR_FIX, Remedy.CORRECTION, Remedy.CLARIFICATION, Remedy.UPDATE, Remedy.RIGHT_OF_REPLY)
WITHDRAWING_REMEDIES = (Remedy.RETRACTION, Remedy.TAKEDOWN)
#: A minor fix is logged as a revision and gets no notice.
SILENT_REMEDIES = (Remedy.NONE, Remedy.MINOR_FIX)


class NoticeKind(TextChoices):
    CORRECTION = "correction", _("Correction")
    CLARIFICATION = "clarification", _("Clarification")
    UPDATE = "update", _("Update")
    EDITORS_NOTE = "editors_note", _("Editor’s note")
    RIGHT_OF_REPLY = "right_of_reply", _("Reply")
    APOLOGY = "apology", _("Apology")
    RETRACTION = "retraction", _("Retraction")


class Audience(TextChoices):
    READER = "reader", _("Reader")
    DESK = "desk", _("Corrections desk")
    ASSIGNEE = "assignee", _("Assigned editor")
    FORMER = "former", _("Editor it was assigned to before")
    SIGNERS = "signers", _("Editors who can sign")
    STANDARDS = "standards", _("Standards editors")
    ADMINISTRATORS = "admins", _("Administrators")
    FOLLOWER = "follower", _("Followers of the article")
    SUBSCRIBER = "subscriber", _("Subscribers of a view")
    MENTIONED = "mentioned", _("Mentioned colleagues")
    ASKED = "asked", _("Person asked for a statement")
    ASKER = "asker", _("Whoever asked for a consent")
    STAFF = "staff", _("Member of the staff")


class DeliveryStatus(TextChoices):
    PENDING = "pending", _("To be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FOLDED = "folded", _("Not sent: an unread mail already says that there is news")
    WITHHELD = "withheld", _("Not sent: too many mails to this address")
    UNCONFIRMED = "unconfirmed", _("Not sent: the address is not confirmed")
    FAILED = "failed", _("Could not be delivered")
    RECALLED = "recalled", _("Recalled before it was sent")
