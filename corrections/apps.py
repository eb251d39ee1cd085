from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from newsroom import guards


class CorrectionsConfig(AppConfig):
    name = "corrections"
    verbose_name = _("Corrections desk")

    def ready(self) -> None:
        guards.register("corrections.domain.article_guard.objection")
