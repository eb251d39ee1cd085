"""Makes the database of the demonstration and says how to get in."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone, translation

from corrections.management.demonstration.people import PASSWORD, STAFF
from corrections.management.demonstration.stage import NotOurs, fill, is_filled
from corrections.management.demonstration.story import receipt_of
from corrections.receipts import show_receipt

#: A case with a decision and one with an open question, for a look at the reader's side.
SHOWN_RECEIPTS = {"corrected": "families", "a question is open": "street"}


class Command(BaseCommand):
    """Migrates, fills an empty database with the demonstration newsroom, prints addresses and sign-ins.

    Refuses outside the demonstration, and a database that holds another newsroom.
    """

    help = "Fill the demonstration's database once and print how to get in (run_demo does this by itself)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not the demonstration: start it with `make run`.")
        try:
            call_command("migrate", interactive=False, verbosity=0)
            if not is_filled():
                self.stdout.write("Filling the demonstration newsroom, once …")
                fill(timezone.now())
        except NotOurs:
            raise CommandError(
                f"DATA_DIR holds another newsroom ({settings.DATA_DIR}): choose an empty folder."
            ) from None
        except DatabaseError as error:
            raise CommandError(f"The database in DATA_DIR cannot be used ({settings.DATA_DIR}): {error}") from error
        self.stdout.write("\n".join(_directions()))


def _directions() -> list[str]:
    receipts = [f"  {show_receipt(receipt_of(story)):33} {meaning}" for meaning, story in SHOWN_RECEIPTS.items()]
    sign_ins = [f"  {person.username:8} {person.role.value.replace('_', ' ')}" for person in STAFF]
    return [
        "",
        "The demonstration newsroom (invented from the first word to the last)",
        "",
        *(f"  {name:14} {settings.SITE_URL}{path}" for name, path in _addresses()),
        "",
        f"Sign in on the desk; the password of all is {PASSWORD}",
        *sign_ins,
        "",
        "Receipts of two readers",
        *receipts,
        "",
        f"Data: {settings.DATA_DIR}",
    ]


def _addresses() -> list[tuple[str, str]]:
    with translation.override("ar"):
        arabic = reverse("newsroom:front")
        desk, case = reverse("desk:queue"), reverse("reader:open_case")
        administration = reverse("admin:index")
    with translation.override("en"):
        english = reverse("newsroom:front")
    return [
        ("Arabic", arabic),
        ("English", english),
        ("Follow a case", case),
        ("Desk", desk),
        ("Administration", administration),
        ("Mailbox", reverse("mailbox:mailbox")),
        ("API", reverse("api:schema")),
    ]
