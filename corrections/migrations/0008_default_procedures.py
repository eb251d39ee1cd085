"""A new site starts with the small newsroom's procedures and a week from the settings; the cases that there are came in
under the same figures. The database refuses to change what a version of a procedure says."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from corrections.calendar import OPENING_TIME, even_week, week_data
from corrections.presets import SMALL_NEWSROOM
from corrections.procedures import as_data
from newsroom.immutability import allow_changes, forbid_changes

TABLE = "corrections_procedureversion"
#: Until when a version is in force may change; what it says may not.
TERMS = ("kind", "version", "preset", "data", "published_at", "published_by_id")


def write_procedures(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    version, case = apps.get_model("corrections", "ProcedureVersion"), apps.get_model("corrections", "Case")
    now = timezone.now()
    for kind, procedure in SMALL_NEWSROOM.items():
        row = version.objects.using(alias).create(
            kind=kind, version=1, preset="small_newsroom", data=as_data(procedure), published_at=now
        )
        case.objects.using(alias).filter(kind=kind).update(procedure_version=row)


def write_week(apps: Any, schema_editor: Any) -> None:
    closes_at = settings.SITE_CLOSES_AT
    opens_at = OPENING_TIME if OPENING_TIME < closes_at else time(0, 0)
    week = even_week(settings.SITE_WEEKEND, opens_at, closes_at)
    rows = apps.get_model("corrections", "WorkingWeek").objects.using(schema_editor.connection.alias)
    rows.create(pk=1, shifts=week_data(week))


def protect(apps: Any, schema_editor: Any) -> None:
    forbid_changes(schema_editor, TABLE, TERMS)


def release(apps: Any, schema_editor: Any) -> None:
    allow_changes(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [('corrections', '0007_procedures_as_data')]
    operations = [
        migrations.RunPython(write_procedures, migrations.RunPython.noop),
        migrations.RunPython(write_week, migrations.RunPython.noop),
        migrations.RunPython(protect, release),
    ]
