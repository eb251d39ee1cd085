"""System checks: a wrong deployment is refused with the reason and the way out."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's own name
from django.db import DatabaseError, connections

from newsroom.config import environment

SECRETS = ("SECRET_KEY", "HASHING_KEY", "SEALING_SECRETS")
SHORTEST_SECRET = 32
#: Fewer different characters than this are a pattern, not a secret.
LEAST_VARIETY = 10
PLACEHOLDERS = ("django-insecure-", "change")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})
#: Variables that only a real deployment sets; beside one of them the demonstration does not start.
OF_A_REAL_DEPLOYMENT = (
    "ALLOWED_HOSTS",
    "BIND",
    "DATABASE_URL",
    "DESK_ADDRESS",
    "EMAIL_URL",
    "HASHING_KEY",
    "MAIL_FROM",
    "SEALING_SECRETS",
    "SECRET_KEY",
    "SSL_REDIRECT",
    "STATIC_ROOT",
    "TRUSTED_PROXIES",
    "WEB_HOSTS",
    "WEB_PROCESSES",
)

Apps = Sequence[AppConfig] | None


def check_secrets(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Each secret is there, long, and another one than its neighbours."""
    texts = {name: environment.secret(name) for name in SECRETS}
    faults: list[CheckMessage] = [
        Error(f"{name} {fault}.", hint="Make one with: openssl rand -base64 48", id="tashih.E001")
        for name, text in texts.items()
        for part in (text.split(",") if name == "SEALING_SECRETS" else [text])
        for fault in [_fault_of_secret(part)]
        if fault
    ]
    if not faults and len(set(texts.values())) < len(texts):
        hint = f"Give {', '.join(SECRETS)} a text of its own each."
        faults.append(Error("One secret is used for several purposes.", hint=hint, id="tashih.E002"))
    return faults


def check_debug(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Pages with the insides of the program are for nobody but this computer."""
    if not settings.DEBUG or not (_is_public() or settings.SECURE):
        return []
    return [Error("DEBUG is on and the site is public.", hint="Remove DEBUG.", id="tashih.E003")]


def check_hosts(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """The names under which the site answers: listed one by one, with that of its own address."""
    name = urlsplit(settings.SITE_URL).hostname or ""
    allowed = [host.lower() for host in settings.ALLOWED_HOSTS]
    if "*" in allowed:
        hint = "List the names of the site: a forged name must not reach links in mails."
        return [Error("ALLOWED_HOSTS lets every name in.", hint=hint, id="tashih.E004")]
    suffixes = [host for host in allowed if host.startswith(".")]
    if name in allowed or f"[{name}]" in allowed or any(f".{name}".endswith(suffix) for suffix in suffixes):
        return []
    hint = f"Set ALLOWED_HOSTS={name}, or mend SITE_URL."
    return [Error("The name in SITE_URL is not in ALLOWED_HOSTS.", hint=hint, id="tashih.E005")]


def check_address(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Readers' words travel encrypted, and the limits count readers, not our own proxy."""
    if not _is_public():
        return []
    if not settings.SECURE:
        hint = "Set SITE_URL to the https address; deploy/Caddyfile shows a proxy that has a certificate."
        return [Error("SITE_URL is a public address without https.", hint=hint, id="tashih.E006")]
    if settings.TRUSTED_PROXIES < 1:
        hint = "Set TRUSTED_PROXIES to the number of proxies of ours that a request passes, mostly 1."
        return [Error("TRUSTED_PROXIES is 0, but https ends before Tashih.", hint=hint, id="tashih.E007")]
    return []


def check_mail(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """A public site can write to its readers, from an address of its own."""
    if settings.DEMO or not _is_public():
        return []
    return [
        Error(f"{name} is not set, so nobody gets {what}.", id="tashih.E008")
        for name, what in {"EMAIL_URL": "a mail", "DESK_ADDRESS": "what people write to the desk"}.items()
        if not os.environ.get(name)
    ]


def check_processes(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """A broker in memory serves one process, a database in a file one computer."""
    faults: list[CheckMessage] = []
    if environment.memory_broker(settings.CELERY_BROKER_URL) and max(settings.WEB_PROCESSES, settings.WEB_HOSTS) > 1:
        hint = "Set BROKER_URL to a Redis or Valkey server and start a worker, or WEB_PROCESSES=1 and WEB_HOSTS=1."
        faults.append(Error("BROKER_URL is in the memory of one process.", hint=hint, id="tashih.E009"))
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") and settings.WEB_HOSTS > 1:
        hint = "Set DATABASE_URL to a PostgreSQL server, or WEB_HOSTS=1."
        faults.append(Error("SQLite is a file, which several hosts cannot share.", hint=hint, id="tashih.E010"))
    return faults


def check_demonstration(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """The demonstration, whose passwords are printed, never runs where anything of a real site is set."""
    if not settings.DEMO:
        return []
    found = [name for name in OF_A_REAL_DEPLOYMENT if os.environ.get(name)]
    found += [] if environment.memory_broker(settings.CELERY_BROKER_URL) else ["BROKER_URL"]
    found += ["SITE_URL"] if _is_public() or settings.SECURE else []
    found += ["HOST"] if os.environ.get("HOST", "127.0.0.1") not in LOOPBACK else []
    if not found:
        return []
    hint = "Remove DEMO_NEWSROOM for a real site, or start the demonstration without these variables."
    reason = f"The demonstration does not run beside {', '.join(sorted(found))}."
    return [Error(reason, hint=hint, id="tashih.E011")]


def check_data_directory(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Photos and the journal of sent mails have a place that can be written to."""
    directory = Path(settings.DATA_DIR)
    if directory.is_dir() and os.access(directory, os.W_OK | os.X_OK):
        return []
    hint = "Make the folder, or give it to the user that Tashih runs as."
    return [Error(f"DATA_DIR cannot be written to: {directory}.", hint=hint, id="tashih.E012")]


def check_static_files(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    """Style sheets of a public site have names that change with their content, so that browsers may keep them."""
    if not _is_public() or settings.STATIC_ROOT:
        return []
    hint = "Set STATIC_ROOT to a folder and run: manage.py collectstatic"
    return [Warning("STATIC_ROOT is not set: browsers keep no style sheet.", hint=hint, id="tashih.W001")]


def check_database_letters(
    app_configs: Apps, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """PostgreSQL has to know Arabic letters: under the C locale the search by words finds none of them."""
    return [
        message
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        for message in _letter_faults(alias)
    ]


def _letter_faults(alias: str) -> Iterator[CheckMessage]:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_setting('server_encoding')")
            encoding = cursor.fetchone()[0]
            cursor.execute(r"SELECT 'تصحيح' ~ '^\w+$'")
            knows_letters = cursor.fetchone()[0]
    except DatabaseError:
        # A database that is away for a moment must not keep the site from starting again.
        yield Warning("The database did not answer, so its locale was not looked at.", id="tashih.W002")
        return
    if encoding != "UTF8" or not knows_letters:
        hint = "Make it anew: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 (or with an ICU locale)."
        yield Error("The database's C locale or encoding knows no Arabic letters.", hint=hint, id="tashih.E013")


def _fault_of_secret(text: str) -> str:
    if not text:
        return "is not set"
    if text.lower().startswith(PLACEHOLDERS):
        return "is still the text of an example"
    if len(text) < SHORTEST_SECRET or len(set(text)) < LEAST_VARIETY:
        return f"is too short or too plain (at least {SHORTEST_SECRET} characters)"
    return ""


def _is_public() -> bool:
    """Whether anybody but this computer is meant to reach the site."""
    names = [urlsplit(settings.SITE_URL).hostname or "", *settings.ALLOWED_HOSTS]
    return any(name not in LOOPBACK for name in names)


EVERYWHERE = (
    check_secrets,
    check_debug,
    check_hosts,
    check_address,
    check_mail,
    check_processes,
    check_demonstration,
    check_data_directory,
    check_static_files,
)
