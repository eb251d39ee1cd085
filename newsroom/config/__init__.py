"""The composition root: the only place that knows every room."""

from newsroom.config.celery import app as celery_app

__all__ = ["celery_app"]
