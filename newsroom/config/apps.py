from django.apps import AppConfig
from django.core.checks import Tags, register

from newsroom.config import checks


class CompositionConfig(AppConfig):
    """Makes the system checks of the deployment known to Django."""

    name = "newsroom.config"
    label = "composition"

    def ready(self) -> None:
        for check in checks.EVERYWHERE:
            register(check, Tags.security)
        register(checks.check_database_letters, Tags.database)
