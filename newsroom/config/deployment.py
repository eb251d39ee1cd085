"""Refuses to start where a system check says that the deployment is wrong."""

import sys
from typing import Any

import django
from celery import bootsteps
from django.core.checks import ERROR, CheckMessage, run_checks
from django.db import connections


class WrongDeployment(SystemExit):
    """The process ends before it begins; the message holds one line for each reason."""


def require_right_deployment() -> None:
    """Runs every system check, those of the database too.

    Reads the database (what it is, nothing in it) and closes the connection again, so that a process forked
    afterwards does not share it. Raises WrongDeployment with the reasons.
    """
    django.setup()
    try:
        messages = run_checks(databases=["default"])
    finally:
        connections.close_all()
    errors = [message for message in messages if message.level >= ERROR and not message.is_silenced()]
    if errors:
        raise WrongDeployment("\n".join(["Tashih does not start:", *map(_line, errors)]))


def say_ready(address: str) -> None:
    """Tells whoever started the demonstration that the pages answer now."""
    sys.stdout.write(f"Ready: http://{address}/ (Ctrl-C stops it)\n")
    sys.stdout.flush()


class RefusingStep(bootsteps.Step):
    """A part of Celery's worker that refuses a wrong deployment (added in newsroom.config.celery)."""

    def include_if(self, worker: Any) -> bool:
        """Not in the web process, which has asked before it started the worker."""
        return not str(worker.hostname).startswith("embedded@")

    def create(self, worker: Any) -> None:
        require_right_deployment()


def _line(message: CheckMessage) -> str:
    hint = f" {message.hint}" if message.hint else ""
    return f"- {message.msg}{hint} ({message.id})"
