"""Prepares an empty database for the run and prints the number of its one article."""

import django
from django.core.management import call_command

django.setup()

from tests.factories import make_article  # noqa: E402 - it imports the models

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    print(make_article("ar").pk)
