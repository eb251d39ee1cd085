"""PostgreSQL answers the search by trigrams from an index; the extension is one that a database's owner may add."""

from typing import Any

from django.db import migrations


def add(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX articles_by_words ON newsroom_article USING gin (search_text gin_trgm_ops)"
        )


def remove(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX articles_by_words")


class Migration(migrations.Migration):
    replaces = [("newsroom", "0003_search_indexes")]
    dependencies = [("newsroom", "0002_unchanging_rows")]
    operations = [migrations.RunPython(add, remove)]
