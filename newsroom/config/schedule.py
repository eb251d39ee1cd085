"""What the clock asks for, and when: seconds between two runs, or a time of day in the site's time zone."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "deliver what nobody was woken for": {"task": "corrections.sweep_outbox", "schedule": 5.0},
    "carry out jobs that nobody was woken for": {"task": "corrections.carry_out_jobs", "schedule": 30.0},
    "remind before deadlines and escalate after them": {
        "task": "corrections.watch_deadlines",
        "schedule": 60.0,
    },
    "move promises that the calendar moves": {"task": "corrections.apply_calendar_changes", "schedule": 15.0},
    "take up cases whose reader did not answer": {
        "task": "corrections.end_unanswered_questions",
        "schedule": crontab(minute="7", hour="*"),
    },
    "free cases whose owner does nothing on them": {
        "task": "corrections.end_lapsed_claims",
        "schedule": crontab(minute="27", hour="*"),
    },
    "close decided cases when the review window ends": {
        "task": "corrections.close_decided_cases",
        "schedule": crontab(minute="17", hour="*"),
    },
    "tell subscribers of views what is new": {
        "task": "corrections.tell_subscribers",
        "schedule": 60.0,
    },
    "erase what is kept no longer": {
        "task": "corrections.erase_expired",
        "schedule": crontab(minute="37", hour="3"),
    },
}
