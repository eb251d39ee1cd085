"""Versions of the desk's settings are kept as they were published: the database refuses any change of them."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

TABLE = "corrections_settingsversion"


def protect(apps: Any, schema_editor: Any) -> None:
    forbid_changes(schema_editor, TABLE)


def release(apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0023_staff_letters_and_settings")]
    operations = [migrations.RunPython(protect, release)]
