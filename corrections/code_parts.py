"""The parts of the code of ethics, as choices. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CodePart(TextChoices):
    """The parts of the code of ethics, under which its clauses stand."""

    TRUTH = "truth", _("Truth and accuracy")
    PEOPLE = "people", _("Fairness to people")
    PROTECTION = "protection", _("Protection of people")
    HONESTY = "honesty", _("Independence and honest work")
