"""The search in reports, answered from an index on PostgreSQL."""

from typing import Any

from django.db import migrations


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE INDEX cases_by_words ON corrections_case USING gin (search_text gin_trgm_ops)")


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX cases_by_words")


class Migration(migrations.Migration):
    replaces = [("corrections", "0004_search_index")]
    dependencies = [("corrections", "0003_unchanging_rows"), ("newsroom", "0003_words_indexed")]
    operations = [migrations.RunPython(add, remove)]
