"""A new site starts with reply templates in both languages."""

from typing import Any

from django.db import migrations

from corrections.default_replies import DEFAULT_REPLIES


def write_replies(apps: Any, schema_editor: Any) -> None:
    template = apps.get_model("corrections", "ReplyTemplate")
    template.objects.using(schema_editor.connection.alias).bulk_create(
        template(position=position, **entry._asdict()) for position, entry in enumerate(DEFAULT_REPLIES)
    )


class Migration(migrations.Migration):
    dependencies = [("corrections", "0019_mentions_and_reply_templates")]
    operations = [migrations.RunPython(write_replies, migrations.RunPython.noop)]
