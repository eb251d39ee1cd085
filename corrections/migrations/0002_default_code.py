"""A new site starts with a whole code of ethics; the database refuses to change the words of a version."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from corrections.default_code import DEFAULT_CODE
from newsroom.immutability import allow_changes, forbid_changes

TABLE = "corrections_clause"
#: Where a clause stands and until when may change; what it says and since when may not.
WORDS = (
    "key",
    "version",
    "name_ar",
    "name_en",
    "hint_ar",
    "hint_en",
    "text_ar",
    "text_en",
    "concerns_safety",
    "published_at",
)


def write_code(apps: Any, schema_editor: Any) -> None:
    clause = apps.get_model("corrections", "Clause")
    rows = clause.objects.using(schema_editor.connection.alias)
    now = timezone.now()
    rows.bulk_create(
        clause(position=position, published_at=now, **entry._asdict()) for position, entry in enumerate(DEFAULT_CODE)
    )


def protect(apps: Any, schema_editor: Any) -> None:
    forbid_changes(schema_editor, TABLE, WORDS)


def release(apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0001_initial")]
    operations = [
        migrations.RunPython(write_code, migrations.RunPython.noop),
        migrations.RunPython(protect, release),
    ]
