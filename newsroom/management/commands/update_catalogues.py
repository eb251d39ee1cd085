"""Keeps the Arabic catalogue in step with the code and the templates."""

from pathlib import Path
from typing import Any

import polib
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom import catalogues

CATALOGUE = Path("locale", "ar", "LC_MESSAGES", "django.po")


class Command(BaseCommand):
    """Writes the catalogue anew: missing entries are added empty, unused ones dropped, all of them sorted.

    With --check nothing is written, and the command fails with a line for each fault. With --merge nothing is
    dropped either: translations of the given files fill what the catalogue lacks, and differences are listed.
    """

    help = "Bring the Arabic catalogue up to date with the code and the templates."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        task = parser.add_mutually_exclusive_group()
        task.add_argument("--check", action="store_true", help="change nothing; fail and list what is not complete")
        task.add_argument("--merge", nargs="+", type=Path, metavar="FILE", help="take translations from PO files")
        parser.add_argument("--catalogue", type=Path, help="another catalogue than the newsroom's own")

    def handle(self, *args: Any, **options: Any) -> None:
        path = options["catalogue"] or Path(apps.get_app_config("newsroom").path) / CATALOGUE
        catalogue = catalogues.open_catalogue(path)
        if options["check"]:
            check(catalogue)
        elif options["merge"]:
            for fragment in options["merge"]:
                for line in catalogues.merge_fragment(catalogue, catalogues.open_catalogue(fragment)):
                    self.stdout.write(line)
            catalogue.save(str(path))
        else:
            catalogues.update_catalogue(catalogue, used_messages())
            catalogue.save(str(path))


def check(catalogue: polib.POFile) -> None:
    """Raises CommandError with a line for each fault of the catalogue."""
    problems = catalogues.problems_of(catalogue, used_messages())
    if problems:
        raise CommandError("\n".join([f"The catalogue has {len(problems)} faults:", *problems]))


def used_messages() -> dict[catalogues.Key, catalogues.Use]:
    """The messages of the project's own applications and templates."""
    project = Path(apps.get_app_config("newsroom").path).parent
    own = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent == project]
    shared = [Path(directory) for engine in settings.TEMPLATES for directory in engine.get("DIRS", ())]
    return catalogues.find_messages([*own, *shared], project)
