"""Two editors on one case, each on a page of another age: whatever the order, neither undoes what the other did."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from corrections.domain import access, assignment, conversation, decisions, identity, moves
from corrections.domain.access import NotAllowed
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.domain.timeline import CLOCK, record
from corrections.enums import Happening
from corrections.models import Case, Event, Message
from corrections.workflow import MoveNotAllowed
from newsroom.models import StaffMember
from tests.factories import NOW, as_actor, make_article, make_case, make_staff

Act = Callable[[Case, dict[str, Any]], Any]
RETRACTION = Proposal("upheld", "retraction", "السبب", notice_text="سُحب المقال.")
#: A promised time is never shortened, whoever computes it; it is no choice that anybody could undo.
NOBODYS_CHOICE = {"decision_due_at"}
REFUSALS = (CaseChanged, MoveNotAllowed, NotAllowed, Refused)

ACTS: dict[str, Act] = {
    "claim": lambda case, guard: assignment.claim(case, **guard),
    "hand over": lambda case, guard: assignment.assign(case, StaffMember.objects.latest("pk"), **guard),
    "serious": lambda case, guard: assignment.set_severity(case, "serious", **guard),
    "minor": lambda case, guard: assignment.set_severity(case, "minor", **guard),
    "addition": lambda case, guard: assignment.change_kind(case, "addition", **guard),
    "correction": lambda case, guard: assignment.change_kind(case, "correction", **guard),
    "complaint": lambda case, guard: assignment.change_kind(case, "complaint", clause_keys=("safety",), **guard),
    "note": lambda case, guard: conversation.add_note(case, "ملاحظة", **guard),
    "question": lambda case, guard: conversation.ask_reader(case, "ما المصدر؟", **guard),
    "message": lambda case, guard: conversation.write_to_reader(case, "نراجع الرقم.", **guard),
    "release": lambda case, guard: moves.release(case, **guard),
    "resume": lambda case, guard: moves.resume(case, **guard),
    "propose": lambda case, guard: decisions.decide(case, RETRACTION, **guard),
    "refuse": lambda case, guard: decisions.refuse_signature(case, "ليس بعد", **guard),
    "reveal": lambda case, guard: identity.reveal(case, reason="سؤال", **guard),
}
#: What happens besides what editors do.
OTHERS: dict[str, Callable[[Case], Any]] = {
    "the reader adds": lambda case: record(
        case, Happening.READER_ADDED, by=CLOCK, expected_version=case.version, now=NOW
    ),
    "the clock reminds": lambda case: record(
        case, Happening.DEADLINE_NEAR, by=CLOCK, expected_version=case.version, now=NOW
    ),
}
EDITORS = (0, 1)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(EDITORS), st.just("look")),
        st.tuples(st.sampled_from(EDITORS), st.sampled_from(list(ACTS))),
        st.tuples(st.none(), st.sampled_from(list(OTHERS))),
    ),
    min_size=2,
    max_size=14,
)


@dataclass
class Desk:
    """The case, its editors, and the version that each has on the screen."""

    case: Case
    editors: list[StaffMember]
    seen: list[int]

    def read(self) -> Case:
        return access.fetch_case(as_actor(self.editors[0]), self.case.year, self.case.sequence)

    def act(self, editor: int, name: str) -> None:
        """An editor acts from the page that is on the screen, and sees the case as it is afterwards."""
        before, seen = self.read(), self.seen[editor]
        guard = {"actor": as_actor(self.editors[editor]), "expected_version": seen, "now": NOW}
        try:
            ACTS[name](self.read(), guard)
        except REFUSALS:
            after = self.read()
            assert (after.version, after.status) == (before.version, before.status), "a refused action has written"
        else:
            self.undoes_nothing(seen, before.version)
        self.seen[editor] = self.read().version

    def undoes_nothing(self, seen: int, version: int) -> None:
        """No field that somebody has changed since the page was opened was written by what went through."""
        written = Event.objects.get(case=self.case, sequence=version + 1).before.keys() - NOBODYS_CHOICE
        for event in Event.objects.filter(case=self.case, sequence__gt=seen, sequence__lte=version):
            assert not written & event.before.keys(), (event.happening, written)


class TwoEditorsTests(TestCase):
    @settings(max_examples=80, deadline=None)
    @given(STEPS)
    def test_of_two_editors_the_second_never_silently_undoes_the_first(
        self, steps: list[tuple[int | None, str]]
    ) -> None:
        case = make_case(make_article(), wants_mail=True, address="reader@example.net")
        editors = [make_staff("standards_editor"), make_staff("standards_editor")]
        desk = Desk(case, editors, [case.version] * 2)
        for editor, name in steps:
            if editor is None:
                OTHERS[name](desk.read())
            elif name == "look":
                desk.seen[editor] = desk.read().version
            else:
                desk.act(editor, name)
        versions = list(Event.objects.filter(case=case).order_by("sequence").values_list("sequence", flat=True))
        assert versions == list(range(1, desk.read().version + 1))

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.sampled_from(EDITORS), min_size=1, max_size=10))
    def test_every_note_stands_whoever_wrote_meanwhile(self, writers: list[int]) -> None:
        case = make_case(make_article())
        editors = [make_staff("editor"), make_staff("editor")]
        for number, writer in enumerate(writers):
            fresh = Case.objects.get(pk=case.pk)
            conversation.add_note(
                fresh, f"ملاحظة {number}", actor=as_actor(editors[writer]), expected_version=case.version, now=NOW
            )
        kept = Message.objects.filter(case=case, purpose="note").order_by("pk").values_list("text", flat=True)
        assert list(kept) == [f"ملاحظة {number}" for number in range(len(writers))]
