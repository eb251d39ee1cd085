"""Brings articles in from JSON documents."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom.addresses import article_address
from newsroom.imports import json_document
from newsroom.imports.json_document import DocumentRefused, ItemRefused
from newsroom.models import StaffMember


class Command(BaseCommand):
    help = f"Publishes the articles of JSON documents, or revises them.\n\n{json_document.__doc__}"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("documents", nargs="+", type=Path)
        parser.add_argument("--by", default="", help="user name that the revisions are made by")

    def handle(self, *args: Any, **options: Any) -> None:
        member = StaffMember.objects.filter(username=options["by"]).first()
        if options["by"] and member is None:
            raise CommandError(f"There is no account named {options['by']}.")
        refused = sum(self._import(path, member) for path in options["documents"])
        if refused:
            raise CommandError(f"{refused} refused; everything else was imported.")

    def _import(self, path: Path, member: StaffMember | None) -> int:
        """Imports one document and returns how much of it was refused."""
        try:
            items = json_document.read_document(path)
        except DocumentRefused as error:
            self.stderr.write(f"{path}: {error}")
            return 1
        return sum(self._import_item(path, number, item, member) for number, item in enumerate(items, 1))

    def _import_item(self, path: Path, number: int, item: Any, member: StaffMember | None) -> bool:
        try:
            imported = json_document.import_item(item, path.parent, by=member, now=timezone.now())
        except ItemRefused as error:
            self.stderr.write(f"{path}, article {number}: {error}")
            return True
        self.stdout.write(f"{imported.outcome}: {article_address(imported.article)}")
        return False
