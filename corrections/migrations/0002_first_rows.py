"""A new site starts with a whole code of ethics, the small newsroom's procedures, a week from the settings, and reply
templates in both languages."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils import timezone

from corrections.calendar import OPENING_TIME, even_week, week_data
from corrections.default_code import DEFAULT_CODE
from corrections.default_replies import DEFAULT_REPLIES
from corrections.presets import SMALL_NEWSROOM
from corrections.procedures import as_data


def write_code(apps: Any, schema_editor: Any) -> None:
    clause, now = apps.get_model("corrections", "Clause"), timezone.now()
    clause.objects.using(schema_editor.connection.alias).bulk_create(
        clause(position=position, published_at=now, **entry._asdict()) for position, entry in enumerate(DEFAULT_CODE)
    )


def write_procedures(apps: Any, schema_editor: Any) -> None:
    version, now = apps.get_model("corrections", "ProcedureVersion"), timezone.now()
    version.objects.using(schema_editor.connection.alias).bulk_create(
        version(kind=kind, version=1, preset="small_newsroom", data=as_data(procedure), published_at=now)
        for kind, procedure in SMALL_NEWSROOM.items()
    )


def write_week(apps: Any, schema_editor: Any) -> None:
    closes_at = settings.SITE_CLOSES_AT
    opens_at = OPENING_TIME if OPENING_TIME < closes_at else time(0, 0)
    week = even_week(settings.SITE_WEEKEND, opens_at, closes_at)
    rows = apps.get_model("corrections", "WorkingWeek").objects.using(schema_editor.connection.alias)
    rows.create(pk=1, shifts=week_data(week))


def write_replies(apps: Any, schema_editor: Any) -> None:
    template = apps.get_model("corrections", "ReplyTemplate")
    template.objects.using(schema_editor.connection.alias).bulk_create(
        template(position=position, **entry._asdict()) for position, entry in enumerate(DEFAULT_REPLIES)
    )


class Migration(migrations.Migration):
    replaces = [
        ("corrections", "0002_default_code"),
        ("corrections", "0008_default_procedures"),
        ("corrections", "0020_default_replies"),
    ]
    dependencies = [("corrections", "0001_tables")]
    operations = [
        migrations.RunPython(write, migrations.RunPython.noop)
        for write in (write_code, write_procedures, write_week, write_replies)
    ]
