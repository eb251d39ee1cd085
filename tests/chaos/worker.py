"""The Celery application with traps around the sending: `celery -A tests.chaos.worker worker`."""

import django

from newsroom.config.celery import app
from tests.chaos.traps import AFTER_SETTLING, BEFORE_SENDING, BEFORE_SETTLING, trapped

django.setup()

from corrections.notifications import deliver  # noqa: E402 - it imports the models

deliver._send = trapped(deliver._send, deliver._handing_over, before=BEFORE_SENDING)
deliver.settle = trapped(deliver.settle, deliver._handing_over, before=BEFORE_SETTLING, after=AFTER_SETTLING)

__all__ = ["app"]
