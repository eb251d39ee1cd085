"""A new site starts with a code of ethics that readers can choose from."""

from typing import Any

from django.db import migrations

from corrections.default_code import DEFAULT_CODE


def write_code(apps: Any, schema_editor: Any) -> None:
    clause = apps.get_model("corrections", "Clause")
    clause.objects.using(schema_editor.connection.alias).bulk_create(
        clause(position=position, **entry._asdict()) for position, entry in enumerate(DEFAULT_CODE)
    )


class Migration(migrations.Migration):
    dependencies = [("corrections", "0001_initial")]
    operations = [migrations.RunPython(write_code, migrations.RunPython.noop)]
