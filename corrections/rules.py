"""Who may do what: pure predicates over what is known of the person and of the case."""

from dataclasses import dataclass, replace

from corrections.enums import Kind, Move

DESK_ROLES = frozenset({"editor", "standards_editor", "administrator"})
#: Only these decide complaints: the readers' editor, or whoever stands in for that office.
COMPLAINT_ROLES = frozenset({"standards_editor", "administrator"})
#: Only these reopen a decided case.
SENIOR_ROLES = frozenset({"standards_editor", "administrator"})


@dataclass(frozen=True)
class Actor:
    """Somebody who acts on the desk: a staff member's id and role, and nothing that could be shown."""

    staff_id: int
    role: str
    #: The sections whose cases the person works on; none stand for all.
    sections: frozenset[int] = frozenset()


@dataclass(frozen=True)
class CaseFacts:
    """What the rules need to know of a case."""

    kind: Kind
    #: Staff ids of those who wrote or edited the article (bylines, revisions made in the newsroom).
    worked_on_article: frozenset[int] = frozenset()
    #: Who proposed the decision that waits for a signature.
    proposed_by: int | None = None
    #: Who made or signed the decision of which a review was asked for.
    decided_first: frozenset[int] = frozenset()
    #: The key of the article's section.
    section: int | None = None
    #: Whether the case's procedure leaves the decision to the standards editors' office, as complaints always are.
    senior_decides: bool = False
    #: Whether the case is or ever was a complaint, whatever it has become.
    was_complaint: bool = False


def may_work_on_desk(actor: Actor) -> bool:
    """Editors, standards editors and administrators work on cases; authors never do."""
    return actor.role in DESK_ROLES


def has_conflict(actor: Actor, case: CaseFacts) -> bool:
    """Whether the person wrote or edited the article that the case is about."""
    return actor.staff_id in case.worked_on_article


def is_in_sections(actor: Actor, case: CaseFacts) -> bool:
    """Whether the case's section is one of the person's; whoever has none in particular has all."""
    return not actor.sections or case.section in actor.sections


def may_see_case(actor: Actor, case: CaseFacts) -> bool:
    """The desk sees the cases of its sections, except complaints about an article one has worked on oneself: what a
    reader tells about a journalist must not be read by that journalist, also after the complaint has become a
    correction: the words, and what the desk noted about them, are the same."""
    confided = case.was_complaint or case.kind == Kind.COMPLAINT
    conflict_hides_it = confided and has_conflict(actor, case)
    return may_work_on_desk(actor) and is_in_sections(actor, case) and not conflict_hides_it


def may_work_on(actor: Actor, case: CaseFacts) -> bool:
    """Moving, assigning, asking: for the desk of the section without conflict."""
    return may_work_on_desk(actor) and is_in_sections(actor, case) and not has_conflict(actor, case)


def may_decide(actor: Actor, case: CaseFacts) -> bool:
    """Nobody decides about an article they worked on, or reviews a decision of their own; complaints, and
    what the procedure says, are for the standards editor's office."""
    is_own = actor.staff_id in case.decided_first
    for_the_office = case.kind == Kind.COMPLAINT or case.senior_decides
    return may_work_on(actor, case) and not is_own and (not for_the_office or actor.role in COMPLAINT_ROLES)


def why_not_decide(actor: Actor, case: CaseFacts) -> str:
    """Which of the rules keeps somebody from deciding: conflict, office, part or sections; empty where none does."""
    for_the_office = case.kind == Kind.COMPLAINT or case.senior_decides
    reasons = {
        "conflict": has_conflict(actor, case),
        "office": for_the_office and actor.role not in COMPLAINT_ROLES,
        "part": actor.staff_id in case.decided_first,
        "sections": not may_decide(actor, case),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def reviewed_after_signing(actor: Actor, case: CaseFacts) -> CaseFacts:
    """The case as it would be were a review asked of the decision that the person signs."""
    took_part = {each for each in (actor.staff_id, case.proposed_by) if each is not None}
    return replace(case, proposed_by=None, decided_first=case.decided_first | took_part)


def may_extend(actor: Actor, case: CaseFacts) -> bool:
    """The decision is put off by whoever may take it."""
    return may_decide(actor, case)


def may_set_promises(actor: Actor) -> bool:
    """Procedures, working week and holidays, in which every promise is counted, are the administrators'."""
    return actor.role == "administrator"


def may_sign(actor: Actor, case: CaseFacts) -> bool:
    """A second signature comes from another person than the proposer, equally free of conflict and of a part in the
    decision under review."""
    took_part = actor.staff_id in case.decided_first
    return may_work_on(actor, case) and not took_part and case.proposed_by not in (None, actor.staff_id)


def may_assign(actor: Actor, case: CaseFacts, assignee: Actor) -> bool:
    """Anybody who works on the case may hand it on, but only to somebody who may work on it too."""
    return may_work_on(actor, case) and may_work_on(assignee, case)


def may_change_kind(actor: Actor, case: CaseFacts) -> bool:
    """A complaint is turned into something else only by the office that decides complaints; the other way anybody
    who works on the case may, for it only makes the rules stricter."""
    return may_work_on(actor, case) and (case.kind != Kind.COMPLAINT or actor.role in COMPLAINT_ROLES)


def may_undo(actor: Actor, case: CaseFacts, taken_by: int | None) -> bool:
    """Everybody undoes only their own steps, and only on a case that they still see."""
    return taken_by == actor.staff_id and may_see_case(actor, case)


def may_share_views(actor: Actor) -> bool:
    """What everybody on the desk has before their eyes is arranged by the standards editors' office."""
    return actor.role in SENIOR_ROLES


def may_ask_statement(actor: Actor, case: CaseFacts) -> bool:
    """Asking for a statement, again, or no longer: whoever works on the case. To be asked gives no right at all."""
    return may_work_on(actor, case)


def may_hand_over(actor: Actor, case: CaseFacts) -> bool:
    """The whole record of a case leaves the house through the office that decides complaints."""
    return may_work_on(actor, case) and actor.role in COMPLAINT_ROLES


def may_consent(actor: Actor, case: CaseFacts, asked_by: int | None) -> bool:
    """That the reader is named to an outside body takes two of that office: nobody consents to their own request."""
    return may_hand_over(actor, case) and asked_by not in (None, actor.staff_id)


def may_reveal_identity(actor: Actor, case: CaseFacts) -> bool:
    """Names and addresses stay hidden; the reveal is for the desk without conflict, and is logged."""
    return may_work_on(actor, case)


#: Moves that only the reader, with the receipt, makes.
READER_MOVES = frozenset(
    {
        *(Move.CONFIRM, Move.ANSWER, Move.WITHDRAW),
        *(Move.ASK_REVIEW, Move.ASK_JOINED_REVIEW, Move.WITHDRAW_REVIEW, Move.END_JOINED_REVIEW),
    }
)


def may_move(actor: Actor, case: CaseFacts, move: Move) -> bool:
    """Whether the person may make this move at all; whether it starts from here is the workflow's question."""
    if move in READER_MOVES:
        return False
    if move in (Move.DECIDE, Move.PROPOSE):
        return may_decide(actor, case)
    if move in (Move.SIGN, Move.REFUSE_SIGNATURE):
        return may_sign(actor, case)
    if move == Move.REOPEN:
        return may_work_on(actor, case) and actor.role in SENIOR_ROLES
    return may_work_on(actor, case)


def may_manage_staff(actor: Actor) -> bool:
    """Who works here, in which role and for which sections, is for administrators."""
    return actor.role == "administrator"


def may_change_settings(actor: Actor) -> bool:
    """What the desk promises and takes is for administrators."""
    return actor.role == "administrator"
