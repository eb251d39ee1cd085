"""Celery's doors of the clock. Each run is safe to repeat, to miss and to happen twice at once."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from corrections.domain import calendar_changes, deadlines, digests, job_running, retention, statement_clock
from corrections.notifications.poll import Poller, Polling, Stopping
from newsroom import guesses, sessions


@shared_task(name="corrections.watch_deadlines")
def watch_deadlines() -> None:
    """Reminds of and escalates deadlines, those of statements too."""
    now = timezone.now()
    deadlines.watch(now)
    statement_clock.watch(now)


@shared_task(name="corrections.apply_calendar_changes")
def apply_calendar_changes() -> None:
    """Moves the promises of open cases where the working week or the holidays changed."""
    calendar_changes.apply_changes(timezone.now())


@shared_task(name="corrections.end_unanswered_questions")
def end_unanswered_questions() -> None:
    """Takes up again the cases whose reader did not answer in time."""
    deadlines.end_unanswered(timezone.now())


@shared_task(name="corrections.end_lapsed_claims")
def end_lapsed_claims() -> None:
    """Frees the cases on which their owners have done nothing."""
    deadlines.end_lapsed_claims(timezone.now())


@shared_task(name="corrections.close_decided_cases")
def close_decided_cases() -> None:
    """Closes decided cases whose window for a review has ended."""
    deadlines.close_decided(timezone.now())


@shared_task(name="corrections.tell_subscribers")
def tell_subscribers() -> None:
    """Writes to subscribers of saved views what is new to them."""
    digests.tell_subscribers(timezone.now())


@shared_task(name="corrections.erase_expired")
def erase_expired() -> None:
    """Erases what is kept no longer, the ended sessions of readers and editors among it."""
    SessionStore.clear_expired()
    sessions.forget_old_sessions(timezone.now())
    guesses.forget_old(timezone.now())
    retention.erase_expired(timezone.now())


@shared_task(name="corrections.carry_out_jobs")
def carry_out_jobs() -> None:
    """Carries out the actions on many cases that were started."""
    job_running.carry_out_due(timezone.now)


class JobPolling(Polling):
    """Looks for jobs from within the worker, so that they go on while the broker is away (newsroom.config.celery)."""

    def poller(self) -> Poller:
        return Poller(_look_for_jobs, "jobs", 1)


def _look_for_jobs(stopping: Stopping) -> None:
    job_running.carry_out_due(timezone.now, stopping=stopping)
