"""Compiles the translation catalogues."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from newsroom.catalogues import compile_catalogues


class Command(BaseCommand):
    """Writes the .mo file of each .po file in LOCALE_PATHS that changed since; nothing else."""

    help = "Compile the translation catalogues that changed (without GNU gettext)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        for path in compile_catalogues(Path(directory) for directory in settings.LOCALE_PATHS):
            self.stdout.write(str(path))
