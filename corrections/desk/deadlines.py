"""Deadlines on the desk: what is promised and why, and, for administrators, the procedures, which become versions."""

from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any, NamedTuple, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corrections.desk.access import DeskView, clock, desk_only
from corrections.desk.addresses import other_language_url
from corrections.desk.clock_forms import CLOCK_NAMES, OFFICES, ProcedureForm, SimulatorForm, first_moment
from corrections.desk.refusals import expired_sentence
from corrections.domain import clocks, procedure_drafts
from corrections.domain.clock_words import amount, span, step_words
from corrections.domain.faults import Refused
from corrections.domain.procedure_drafts import DraftChanged
from corrections.domain.procedures_in_force import in_force, version_for
from corrections.domain.simulator import Simulated, Simulation, simulate
from corrections.enums import Finding, Kind, Remedy
from corrections.models import ProcedureDraft
from corrections.presets import PRESETS
from corrections.procedures import CLOCKS, Procedure
from corrections.rules import Actor, may_set_promises
from newsroom.days import day_of
from newsroom.expired_forms import when_expired

#: So many digits no revision has.
_LONGEST_REVISION = 10


class Row(NamedTuple):
    """One part of a procedure in words: in force, and as the draft has it."""

    name: str | Promise
    standing: str
    drafted: str

    @property
    def differs(self) -> bool:
        """Whether the draft changes it."""
        return self.standing != self.drafted


def administrators_only(view: Callable[..., HttpResponse]) -> DeskView:
    """The view for those who set what is promised; everybody else gets 403."""

    @wraps(view)
    def guarded(request: HttpRequest, actor: Actor, **kwargs: Any) -> HttpResponse:
        if not may_set_promises(actor):
            raise PermissionDenied
        return view(request, actor, **kwargs)

    return desk_only(cast("DeskView", guarded))


def of_kind(view: Callable[..., HttpResponse]) -> DeskView:
    """The view with a kind of case; a kind that does not exist is a 404."""

    @wraps(view)
    def with_kind(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
        if kind not in Kind:
            raise Http404
        return view(request, actor, Kind(kind))

    return administrators_only(with_kind)


@require_safe
@desk_only
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The procedures in force beside each other, the week, the holidays to come, and what can be changed."""
    standing, waiting = in_force(), procedure_drafts.drafts()
    versions = [standing[kind] for kind in Kind]
    columns = [words_of(version.terms) for version in versions]
    context = {
        "versions": versions,
        "rows": [(name, [column[name] for column in columns]) for name in columns[0]],
        "drafted": [Kind(kind) for kind in waiting],
        "kinds": list(Kind),
        "may_change": may_set_promises(actor),
        "week": clocks.working_week(day_of(clock())),
    }
    return answer(request, "deadlines", context)


@require_safe
@desk_only
def show_simulator(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What would be promised for a moment of receipt, each date with its reasons."""
    asked = "day" in request.GET
    form = SimulatorForm(request.GET if asked else None, initial={"kind": Kind.COMPLAINT, **first_moment(clock())})
    simulation, draft = None, None
    if asked and form.is_valid():
        draft = procedure_drafts.draft_of(form.cleaned_data["kind"]) if form.cleaned_data["draft"] else None
        terms = (draft or version_for(form.cleaned_data["kind"])).terms
        simulation = simulate(terms, form.received_at(), urgent=form.cleaned_data["urgent"], waits=form.waits())
    context = {"form": form, "simulation": simulation, "explained": list(_explained(simulation)), "by_draft": draft}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return answer(request, "simulator", context, status)


@of_kind
def _procedure_expired(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    return _procedure_page(request, kind, ProcedureForm(request.POST), problem=expired_sentence())


@when_expired(_procedure_expired)
@require_http_methods(["GET", "HEAD", "POST"])
@of_kind
def edit(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    """The draft of a procedure, or the one in force to begin from; saving leads to the preview."""
    if request.method != "POST":
        return _procedure_page(request, kind, _standing_form(kind))
    form = ProcedureForm(request.POST)
    if not form.is_valid():
        return _procedure_page(request, kind, form)
    try:
        procedure_drafts.save_draft(kind, form.terms(), actor=actor, seen=form.cleaned_data["seen"], now=clock())
    except Refused as refused:
        form.add_faults(refused.faults)
        return _procedure_page(request, kind, form)
    except DraftChanged:
        return _procedure_page(request, kind, form, problem=_changed(), status=HTTPStatus.CONFLICT)
    return _to_preview(kind)


@require_POST
@of_kind
def begin(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    """A draft with the figures of a preset, in one press."""
    preset = request.POST.get("preset", "")
    if preset not in PRESETS:
        raise Http404
    try:
        procedure_drafts.begin_from(kind, preset, actor=actor, seen=_seen(request), now=clock())
    except DraftChanged:
        return _overtaken(request, kind)
    return _to_preview(kind)


@require_safe
@of_kind
def preview(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    """What a draft would change, and what it would promise for a report that arrives now."""
    return _preview_page(request, kind)


@require_POST
@of_kind
def publish(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    """Puts the draft into force as it was seen."""
    try:
        procedure_drafts.publish(kind, actor=actor, seen=_seen(request), now=clock())
    except DraftChanged:
        return _preview_page(request, kind, problem=_changed(), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("desk:deadlines"))


@require_POST
@of_kind
def discard(request: HttpRequest, actor: Actor, kind: Kind) -> HttpResponse:
    """Throws the draft away as it was seen."""
    try:
        procedure_drafts.discard(kind, actor=actor, seen=_seen(request))
    except DraftChanged:
        return _overtaken(request, kind)
    return HttpResponseRedirect(reverse("desk:deadlines"))


def words_of(terms: Procedure) -> dict[str | Promise, str]:
    """A procedure part by part, in words."""
    rows: dict[str | Promise, str] = {pgettext("on cases", "Who decides"): str(OFFICES[terms.decided_by])}
    rows |= {CLOCK_NAMES[name]: amount(getattr(terms, name)) for name in CLOCKS}
    rows[_("How often a decision may be put off")] = str(terms.extensions)
    signed = [each.label for each in Finding if each in terms.second_signature_findings]
    signed += [each.label for each in Remedy if each in terms.second_signature_remedies]
    rows[_("Two people sign")] = " / ".join(map(str, signed)) or "—"
    return rows


def answer(
    request: HttpRequest, name: str, context: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """A page about deadlines."""
    about = {"place": "deadlines", "other_language_url": other_language_url(request.get_full_path())}
    return render(request, f"corrections/desk/{name}.html", {**about, **context}, status=status)


def _procedure_page(
    request: HttpRequest, kind: Kind, form: ProcedureForm, *, problem: str = "", status: HTTPStatus | None = None
) -> HttpResponse:
    context = {
        "kind": kind,
        "form": form,
        "clocks": list(form.clocks()),
        "problem": problem,
        "presets": [
            {"key": key, "name": _(preset.name), "published": _(preset.published), "assumed": _(preset.assumed)}
            for key, preset in PRESETS.items()
        ],
        "versions": procedure_drafts.versions_of(kind),
        "draft": procedure_drafts.draft_of(kind),
    }
    found = status or (HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK)
    return answer(request, "procedure", context, found)


def _overtaken(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The page with what somebody else has saved meanwhile."""
    return _procedure_page(request, kind, _standing_form(kind), problem=_changed(), status=HTTPStatus.CONFLICT)


def _standing_form(kind: Kind) -> ProcedureForm:
    """The form with the draft, or with the procedure in force to begin from."""
    draft = procedure_drafts.draft_of(kind)
    return ProcedureForm.of((draft or version_for(kind)).terms, draft.revision if draft else 0)


def _seen(request: HttpRequest) -> int:
    """The revision of the draft that the form was shown with; 0 where there was none, or it cannot be read."""
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isdecimal() and len(seen) < _LONGEST_REVISION else 0


def _preview_page(
    request: HttpRequest, kind: Kind, *, problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    standing, draft = version_for(kind), procedure_drafts.draft_of(kind)
    simulation = simulate(draft.terms, clock(), urgent=False) if draft else None
    context = {
        "kind": kind,
        "draft": draft,
        "standing": standing,
        "rows": _differences(standing.terms, draft),
        "simulation": simulation,
        "explained": list(_explained(simulation)),
        "problem": problem,
    }
    return answer(request, "procedure_preview", context, status)


def _differences(standing: Procedure, draft: ProcedureDraft | None) -> list[Row]:
    before = words_of(standing)
    after = words_of(draft.terms) if draft else before
    return [Row(name, before[name], after[name]) for name in before]


def _explained(simulation: Simulation | None) -> Iterator[tuple[Simulated, str, list[str]]]:
    """Each promise with its time and its reasons in words."""
    for promise in simulation.promises if simulation else []:
        steps = [step_words(step, simulation.holidays) for step in promise.steps] if simulation else []
        yield promise, span(promise.clock), steps


def _to_preview(kind: Kind) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:procedure_preview", args=[kind.value]))


def _changed() -> str:
    return _("Somebody else has changed this procedure or its draft meanwhile. Look at it again before you go on.")
