"""Choices of the desk’s own work: why a case is held, what replies are for. Imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class HoldReason(TextChoices):
    """Why somebody on the desk set a case apart; what the way in saw by itself stands in Case.suspicion."""

    ADVERTISING = "advertising", _("Advertising or a scheme")
    CAMPAIGN = "campaign", _("A campaign, or sent by machine")
    ABUSE = "abuse", _("Threats or insults")
    PRETENCE = "pretence", _("Pretends to be somebody else")
    FORGERY = "forgery", _("The evidence looks forged")
    OTHER = "other", _("Another reason, in a note")


class ReplyUse(TextChoices):
    """What a reply template is for: it asks, and the clock stops, or it tells."""

    QUESTION = "question", _("Question to the reader")
    MESSAGE = "message", _("Message to the reader")


class Resemblance(TextChoices):
    """Why another report stands beside a case."""

    TEXT = "text", _("Almost the same text")
    PASSAGE = "passage", _("The same words of the article")
    ELSEWHERE = "elsewhere", _("Almost the same text about another article")
