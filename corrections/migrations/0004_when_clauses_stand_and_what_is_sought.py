"""Clauses get a part of the code and the time they stand; complaints say what is sought."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

from corrections.enums import CodePart


def say_until_when(apps: Any, schema_editor: Any) -> None:
    """Retired clauses were in force until now at the latest; of several versions only the newest may go on."""
    clause = apps.get_model("corrections", "Clause")
    rows = clause.objects.using(schema_editor.connection.alias)
    newest: set[str] = set()
    for row in rows.order_by("key", "-version"):
        if row.is_retired or row.key in newest:
            rows.filter(pk=row.pk).update(retired_at=timezone.now())
        newest.add(row.key)


def say_since_when(apps: Any, schema_editor: Any) -> None:
    """The code that a site started with did not say when that was; it was in force until now at least."""
    clause = apps.get_model("corrections", "Clause")
    rows = clause.objects.using(schema_editor.connection.alias)
    rows.filter(published_at=None).update(published_at=timezone.now())


def say_that_it_is(apps: Any, schema_editor: Any) -> None:
    clause = apps.get_model("corrections", "Clause")
    rows = clause.objects.using(schema_editor.connection.alias)
    rows.filter(retired_at__isnull=False).update(is_retired=True)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0003_append_only_events")]
    operations = [
        migrations.AddField(
            "clause",
            "part",
            models.CharField("part of the code", max_length=12, choices=CodePart.choices, default=CodePart.HONESTY),
            preserve_default=False,
        ),
        migrations.RenameField("clause", "made_at", "published_at"),
        migrations.RunPython(say_since_when, migrations.RunPython.noop),
        migrations.AlterField("clause", "published_at", models.DateTimeField("in force since")),
        migrations.AddField("clause", "retired_at", models.DateTimeField("in force until", null=True, blank=True)),
        migrations.RunPython(say_until_when, say_that_it_is),
        migrations.RemoveField("clause", "is_retired"),
        migrations.AddConstraint(
            "clause",
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(retired_at__isnull=True), name="one_version_in_force"
            ),
        ),
        migrations.AddField("case", "sought", models.JSONField("what is sought", default=list, blank=True)),
    ]
