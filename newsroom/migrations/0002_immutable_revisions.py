"""Revisions are kept as they were published: the database refuses any change."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

TABLE = "newsroom_revision"


def protect(apps: Any, schema_editor: Any) -> None:
    forbid_changes(schema_editor, TABLE)


def release(apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
