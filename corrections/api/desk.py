"""For programs of the desk, each with a key of a staff member: queue, case, steps, decisions."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from corrections.api.answers import answers
from corrections.api.authentication import KeyAuthentication, MayWorkOnDesk, key_of
from corrections.api.shapes import CaseShape, ProposalShape, QueueShape, StepShape
from corrections.api.views import Door
from corrections.domain import abuse, assignment, conversation, decisions, moves, relations
from corrections.domain.access import CaseNotFound, actor_of, desk_members, fetch_case
from corrections.domain.proposal import Proposal
from corrections.domain.queries import case_page
from corrections.domain.queue import queue
from corrections.domain.queue_filters import VIEWS, QueueFilters
from corrections.domain.queue_order import Place, read_place
from corrections.domain.undo import undo_step
from corrections.models import Case
from corrections.rules import Actor
from newsroom.articles import Content, latest_revision

#: What a key may lead to at every door of the desk.
_KEY = (401, 403)
StepFunction = Callable[[Case, dict[str, Any], dict[str, Any]], object]


class DeskDoor(Door):
    """Only with a key whose owner works on the desk."""

    allowance = abuse.API_WRITE
    authentication_classes = [KeyAuthentication]
    permission_classes = [MayWorkOnDesk]

    def actor(self) -> Actor:
        return actor_of(key_of(self.request).staff_member)

    def case_answer(self, case: Case) -> Response:
        """The case as it stands now."""
        actor = self.actor()
        return Response(CaseShape(case_page(actor, fetch_case(actor, case.year, case.sequence), timezone.now())).data)


#: What narrows a view, as the desk's own list has it.
NARROWING = tuple(name for name in QueueFilters.__dataclass_fields__ if name != "view")


class Queue(DeskDoor):
    @extend_schema(
        operation_id="read_queue",
        responses=answers({200: QueueShape}, 400, *_KEY),
        parameters=[
            OpenApiParameter("view", str, enum=list(VIEWS)),
            *(OpenApiParameter(name, str) for name in NARROWING),
            OpenApiParameter("after", str, description="`later` of the page before."),
        ],
    )
    def get(self, request: Request) -> Response:
        """A page of a view, due first, and the number of cases in every view."""
        asked = request.query_params
        filters = QueueFilters(
            **{name: asked.get(name, "") for name in NARROWING},
            view=asked.get("view", "open"),
        )
        page = queue(self.actor(), filters, now=timezone.now(), behind=_place_asked(asked.get("after", "")))
        return Response(QueueShape(page).data)


class DeskCase(DeskDoor):
    @extend_schema(operation_id="read_case", responses=answers({200: CaseShape}, *_KEY, 404))
    def get(self, request: Request, year: int, sequence: int) -> Response:
        """One case with its messages, events and decision."""
        return self.case_answer(fetch_case(self.actor(), year, sequence))


class Steps(DeskDoor):
    @extend_schema(
        operation_id="take_step",
        request=StepShape,
        responses=answers({200: CaseShape}, *_KEY, 404, 409, 422, takes_body=True),
    )
    def post(self, request: Request, year: int, sequence: int) -> Response:
        """Takes a step through the same rules as the desk's pages."""
        shape = StepShape(data=request.data)
        shape.is_valid(raise_exception=True)
        data = shape.validated_data
        case = fetch_case(self.actor(), year, sequence)
        guard = {"actor": self.actor(), "expected_version": data["expected_version"], "now": timezone.now()}
        STEP_FUNCTIONS[data["step"]](case, data, guard)
        return self.case_answer(case)


class Decisions(DeskDoor):
    @extend_schema(
        operation_id="decide_case",
        request=ProposalShape,
        responses=answers({201: CaseShape}, *_KEY, 404, 409, 422, takes_body=True),
    )
    def post(self, request: Request, year: int, sequence: int) -> Response:
        """Decides a case; serious outcomes then wait for a second signature."""
        shape = ProposalShape(data=request.data)
        shape.is_valid(raise_exception=True)
        data = shape.validated_data
        case = fetch_case(self.actor(), year, sequence)
        decisions.decide(
            case,
            _proposal(data, case),
            actor=self.actor(),
            expected_version=data["expected_version"],
            now=timezone.now(),
        )
        answer = self.case_answer(case)
        answer.status_code = 201
        return answer


def _place_asked(written: str) -> Place | None:
    """The place behind which a page begins. Raises a validation problem for anything that is none."""
    place = read_place(written)
    if written and place is None:
        raise exceptions.ValidationError({"after": _("This is no place in the list.")})
    return place


def _proposal(data: dict[str, Any], case: Case) -> Proposal:
    content, given = None, data["content"]
    judged = given.pop("made_from") if given else None
    if given:
        current = Content.of(latest_revision(case.article))
        content = Content(photo_id=current.photo_id, photo_alternative=current.photo_alternative, **given)
    return Proposal(
        finding=data["finding"],
        remedy=data["remedy"],
        ground=data["ground"],
        reason=data["reason"],
        reason_translation=data["reason_translation"],
        note=data["note"],
        clause_keys=tuple(data["clauses"]),
        notice_text=data["notice_text"],
        content=content,
        judged=judged,
    )


def _assign(case: Case, data: dict[str, Any], guard: dict[str, Any]) -> None:
    member = next((member for member in desk_members() if member.pk == data.get("assignee")), None)
    if member is None:
        raise exceptions.ValidationError({"assignee": _("Nobody on the desk has this id.")})
    assignment.assign(case, member, **guard)


def _link(case: Case, data: dict[str, Any], guard: dict[str, Any]) -> None:
    year, _slash, sequence = data.get("lead", "").partition("/")
    if not sequence:
        raise exceptions.ValidationError({"lead": _("Name the leading case.")})
    try:
        lead = fetch_case(guard["actor"], int(year), int(sequence))
    except CaseNotFound:
        raise exceptions.ValidationError({"lead": _("There is no such case.")}) from None
    relations.link_duplicate(case, lead, **guard)


STEP_FUNCTIONS: dict[str, StepFunction] = {
    "claim": lambda case, data, guard: assignment.claim(case, **guard),
    "assign": _assign,
    "severity": lambda case, data, guard: assignment.set_severity(case, data["severity"], **guard),
    "hold": lambda case, data, guard: moves.hold(case, data["hold_reason"], **guard),
    "release": lambda case, data, guard: moves.release(case, **guard),
    "resume": lambda case, data, guard: moves.resume(case, **guard),
    "close": lambda case, data, guard: moves.close(case, **guard),
    "reopen": lambda case, data, guard: decisions.reopen(case, data["text"], **guard),
    "ask_reader": lambda case, data, guard: conversation.ask_reader(case, data["text"], **guard),
    "note": lambda case, data, guard: conversation.add_note(case, data["text"], **guard),
    "message": lambda case, data, guard: conversation.write_to_reader(case, data["text"], **guard),
    "sign": lambda case, data, guard: decisions.sign(case, **guard),
    "refuse_signature": lambda case, data, guard: decisions.refuse_signature(case, data["text"], **guard),
    "link_duplicate": _link,
    "undo": lambda case, data, guard: undo_step(case, data["undone"], **guard),
    "unlink_duplicate": lambda case, data, guard: relations.unlink_duplicate(case, **guard),
}
