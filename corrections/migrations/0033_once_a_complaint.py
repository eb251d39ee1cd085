"""Which cases are or ever were complaints: by what they are, and by their changes of kind."""

from typing import Any

from django.db import migrations, models


def know_complaints(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    case, event = apps.get_model("corrections", "Case"), apps.get_model("corrections", "Event")
    changes = event.objects.using(alias).filter(happening="kind_changed").values_list("case", "data")
    changed = {key for key, data in changes.iterator() if "complaint" in (data.get("from"), data.get("to"))}
    known = models.Q(kind="complaint") | models.Q(pk__in=changed)
    case.objects.using(alias).filter(known).update(was_complaint=True)


class Migration(migrations.Migration):
    dependencies = [("corrections", "0032_keys_last_used")]
    operations = [
        migrations.AddField("case", "was_complaint", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(know_complaints, migrations.RunPython.noop),
    ]
