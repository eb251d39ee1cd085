"""The jobs of a person: how far each has got, what became of every case, cancelling and taking back."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.desk.access import DeskView, clock, desk_only
from corrections.desk.addresses import other_language_url
from corrections.desk.bulk import new_key
from corrections.desk.bulk_words import instruction_words, progress_sentence
from corrections.desk.refusals import expired_sentence
from corrections.domain import bulk_actions, jobs
from corrections.job_enums import BulkAction, ItemState
from corrections.models import Job
from corrections.rules import Actor
from newsroom.expired_forms import when_expired


def job_only(view: Callable[..., HttpResponse]) -> DeskView:
    """The view with the acting person and a job of theirs; anybody else's is a 404."""

    @wraps(view)
    def with_job(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
        try:
            job = jobs.fetch_job(actor, number)
        except jobs.JobNotFound as error:
            raise Http404 from error
        return view(request, actor, job)

    return desk_only(cast("DeskView", with_job))


@require_safe
@desk_only
def show_jobs(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The newest jobs of the person."""
    listed = [(job, BulkAction(job.action).label, _percent(job)) for job in jobs.jobs_of(actor)]
    context = {"place": "queue", "jobs": listed, "other_language_url": other_language_url(request.get_full_path())}
    return render(request, "corrections/desk/jobs.html", context)


@require_safe
@job_only
def show_job(request: HttpRequest, actor: Actor, job: Job) -> HttpResponse:
    """How far a job has got and what became of its cases."""
    return _answer(request, actor, job)


@require_safe
@job_only
def count_progress(request: HttpRequest, actor: Actor, job: Job) -> HttpResponse:
    """How far a job has got, for the page's script."""
    counts = jobs.counts_of(actor, job)
    total = sum(counts.values())
    settled = total - counts.get(ItemState.PENDING, 0)
    sentence = progress_sentence(settled, total)
    return JsonResponse({"settled": settled, "sentence": sentence, "ended": job.done_at is not None})


@job_only
def _cancel(request: HttpRequest, actor: Actor, job: Job) -> HttpResponse:
    """What is not done yet stays undone."""
    jobs.cancel(job, now=clock())
    return HttpResponseRedirect(_address(job))


@job_only
def _undo(request: HttpRequest, actor: Actor, job: Job) -> HttpResponse:
    """Starts the taking back of what was done."""
    try:
        made = jobs.undo(job, key=request.POST.get("key", "")[:64] or new_key(), actor=actor, now=clock())
    except jobs.CannotUndo:
        problem = _("This cannot be taken back: it still runs, takes something back itself, or did nothing.")
        return _answer(request, actor, job, status=HTTPStatus.CONFLICT, problem=problem)
    return HttpResponseRedirect(_address(made))


@job_only
def _expired(request: HttpRequest, actor: Actor, job: Job) -> HttpResponse:
    return _answer(request, actor, job, problem=expired_sentence())


cancel = when_expired(_expired)(require_POST(_cancel))
undo = when_expired(_expired)(require_POST(_undo))


def _answer(
    request: HttpRequest, actor: Actor, job: Job, *, status: HTTPStatus = HTTPStatus.OK, problem: str = ""
) -> HttpResponse:
    page = jobs.job_page(actor, job, shown=request.GET.get("result", ""), behind=_number(request.GET.get("after", "")))
    undone = job.undoes or job
    context: dict[str, Any] = {
        "place": "queue",
        "other_language_url": other_language_url(_address(job)),
        "page": page,
        "job": job,
        "heading": BulkAction(undone.action).label,
        "instruction": instruction_words(
            bulk_actions.kept_instruction(undone.action, undone.choice, undone.texts),
        ),
        "texts": list(undone.texts.items()),
        "sentence": progress_sentence(page.settled, page.total),
        "results": [(result, result.label, page.counts[result]) for result in jobs.RESULTS if page.counts.get(result)],
        "shown_label": ItemState(page.shown).label if page.shown else "",
        "problem": problem,
        "key": new_key(),
    }
    return render(request, "corrections/desk/job.html", context, status=status)


def _address(job: Job) -> str:
    return reverse("desk:job", args=[job.pk])


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def _percent(job: Any) -> str:
    return progress_sentence(job.settled, job.seen)
