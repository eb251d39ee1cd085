"""Events are append-only, notices, passages and versions stay as they were: the database refuses any change."""

from typing import Any

from django.db import migrations

from newsroom.immutability import allow_changes, forbid_changes

#: What never changes, by table; no columns: nothing of a row.
UNCHANGING: dict[str, tuple[str, ...]] = {
    "corrections_event": (),
    "corrections_notice": (),
    "corrections_passage": (),
    "corrections_settingsversion": (),
    # Where a clause stands and until when may change; what it says and since when may not.
    "corrections_clause": (
        *("key", "version", "name_ar", "name_en", "hint_ar", "hint_en", "text_ar", "text_en"),
        *("concerns_safety", "published_at"),
    ),
    # Until when a version is in force may change; what it says may not.
    "corrections_procedureversion": ("kind", "version", "preset", "data", "published_at", "published_by_id"),
}


def protect(apps: Any, schema_editor: Any) -> None:
    for table, columns in UNCHANGING.items():
        forbid_changes(schema_editor, table, columns)


def release(apps: Any, schema_editor: Any) -> None:
    for table in UNCHANGING:
        allow_changes(schema_editor, table)


class Migration(migrations.Migration):
    replaces = [("corrections", "0003_append_only_events"), ("corrections", "0024_append_only_settings")]
    dependencies = [("corrections", "0002_first_rows")]
    operations = [migrations.RunPython(protect, release)]
