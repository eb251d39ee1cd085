"""Makes an account for somebody of the newsroom."""

import getpass
import os
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom.models import StaffMember
from newsroom.models.languages import Language
from newsroom.models.staff import Role
from newsroom.staff import Account, NameTaken, make
from newsroom.text import clean_line

PASSWORD_VARIABLE = "STAFF_PASSWORD"  # noqa: S105 - the name of a variable


class Command(BaseCommand):
    help = (
        "Makes an account: create_staff_member nour --role editor --name 'نور س.' --email nour@example.org. "
        f"Asks for the password, or takes it from {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--name", required=True, help="the name as colleagues and articles show it")
        parser.add_argument("--email", required=True, help="where reminders and news go")
        parser.add_argument("--language", choices=Language.values, default=Language.ARABIC)

    def handle(self, *args: Any, **options: Any) -> None:
        account = Account(
            display_name=clean_line(options["name"]),
            email=options["email"],
            role=options["role"],
            language=options["language"],
        )
        password = _accepted_password(StaffMember(username=options["username"], email=account.email))
        try:
            member = make(options["username"], account, password=password, by=None, now=timezone.now())
        except NameTaken:
            raise CommandError(f"There is already an account named {options['username']}.") from None
        self.stdout.write(f"{member.username}: {member.get_role_display()}")


def _accepted_password(member: StaffMember) -> str:
    password = os.environ.get(PASSWORD_VARIABLE) or getpass.getpass("Password: ")
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password
