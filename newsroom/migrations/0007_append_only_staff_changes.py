"""Changes of accounts are kept as they were noted: the database refuses any change of them."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

TABLE = "newsroom_staffchange"


def protect(apps: Any, schema_editor: Any) -> None:
    forbid_changes(schema_editor, TABLE)


def release(apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0006_staff_changes")]
    operations = [migrations.RunPython(protect, release)]
