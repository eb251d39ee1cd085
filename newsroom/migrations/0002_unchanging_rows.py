"""Revisions are kept as they were published, changes of accounts as they were noted: the database refuses any change."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

TABLES = ("newsroom_revision", "newsroom_staffchange")


def protect(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        forbid_changes(schema_editor, table)


def release(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        allow_changes(schema_editor, table)


class Migration(migrations.Migration):
    replaces = [("newsroom", "0002_immutable_revisions"), ("newsroom", "0007_append_only_staff_changes")]
    dependencies = [("newsroom", "0001_tables")]
    operations = [migrations.RunPython(protect, release)]
