"""Events are append-only, notices and passages stay: the database refuses any change."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

TABLES = ("corrections_event", "corrections_notice", "corrections_passage")


def protect(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        forbid_changes(schema_editor, table)


def release(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        allow_changes(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0002_default_code")]
    operations = [migrations.RunPython(protect, release)]
