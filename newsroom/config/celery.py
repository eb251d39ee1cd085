"""The Celery application: wake-ups for the outbox and the clock's own work, never the truth of anything."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.config.settings")

app = Celery("tashih")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["corrections", "corrections.notifications"])
# By name: the steps import what is not ready while the settings load this module.
app.steps["worker"].add("newsroom.config.deployment:RefusingStep")
app.steps["worker"].add("corrections.notifications.poll:OutboxPolling")
app.steps["worker"].add("corrections.tasks:JobPolling")
