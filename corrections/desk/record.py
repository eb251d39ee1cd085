"""The whole record of a case: a page to be read and printed, and the pack that is handed to an outside body."""

from http import HTTPStatus
from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from corrections.desk.access import case_only, clock
from corrections.desk.actions import answer_to
from corrections.desk.addresses import case_address, other_language_url
from corrections.desk.case import case_answer
from corrections.desk.forms import HandOverForm
from corrections.desk.pack import pack_of
from corrections.desk.refusals import EXPECTED, expired_sentence, sentence_of, status_of
from corrections.domain import handover
from corrections.domain.access import NotAllowed
from corrections.models import Case
from corrections.rules import Actor
from newsroom.expired_forms import when_expired

SLOT = "pack"


@require_safe
@case_only
def show(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """The record as a page."""
    try:
        record = handover.case_record(case, actor=actor, now=clock())
    except NotAllowed as error:
        return case_answer(request, actor, case, status=status_of(error), problem=sentence_of(error))
    context = {
        "place": "case",
        "case": case,
        "record": record,
        "other_language_url": other_language_url(request.get_full_path()),
    }
    return render(request, "corrections/desk/record.html", context)


@case_only
def _pack_expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    return case_answer(request, actor, case, problem=expired_sentence(), refused=HandOverForm(request.POST, slot=SLOT))


@case_only
def _pack(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Notes that the record is handed over, and sends it as a ZIP; leads back to the case where a second person has to
    consent first."""
    form = HandOverForm(request.POST, slot=SLOT)
    if not form.is_valid():
        return case_answer(request, actor, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=form)
    data = form.cleaned_data
    try:
        record = handover.make(
            case,
            with_notes=data["notes"],
            with_identity=data["identity"],
            reason=data["reason"],
            actor=actor,
            expected_version=data["expected_version"],
            now=clock(),
        )
    except EXPECTED as error:
        return answer_to(error, request, actor, case, form)
    if record is None:
        return HttpResponseRedirect(case_address(case))
    name = f"{case.year}-{case.sequence:04d}.zip"
    answer = FileResponse(pack_of(record), as_attachment=True, filename=name, content_type="application/zip")
    return cast("HttpResponse", answer)


pack = when_expired(_pack_expired)(require_POST(_pack))
