"""Files that readers add to a report: rewritten, kept in a private place under names of ours, erased in time."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corrections import desk_settings
from corrections.domain import abuse
from corrections.domain.faults import Fault, Refused, refuse_if
from corrections.domain.timeline import READER, record
from corrections.enums import Happening, Status
from corrections.keys import hashed
from corrections.models import Attachment, Case, Event
from newsroom.file_limits import MEGABYTE
from newsroom.text import clean_line, isolated
from newsroom.uploads.kinds import FileRefused
from newsroom.uploads.rewrite import CleanFile, rewrite

#: A file without a row may belong to a request that is still running; older ones belong to nobody.
LEFT_OVER = timedelta(days=1)
#: Code points of a file's name that an error repeats.
_SHOWN_NAME = 60


class FileUnknown(Exception):
    """The case has no such file."""


class FileNotKept(Exception):
    """There was no room to store the file; the report itself is not touched."""


def largest_file() -> int:
    """The bytes that one file may have."""
    return desk_settings.current().evidence_megabytes * MEGABYTE


def takes_files(case: Case) -> bool:
    """Whether files can still be added: until the case has ended."""
    return case.status not in (Status.WITHDRAWN, Status.CLOSED)


def files_of(case: Case) -> list[Attachment]:
    """The files of a case, in their order (one query)."""
    return list(Attachment.objects.filter(case=case).order_by("position"))


def files_in(events: Iterable[Event]) -> list[Attachment]:
    """The files that events of a case brought and that are still there; the events were read with `attachment`."""
    return [event.attachment for event in events if hasattr(event, "attachment")]


def add(case: Case, content: bytes, *, called: str, submission_key: str, source: str, now: datetime) -> Event:
    """Adds a file to a case.

    In order: looks whether it can be taken at all; finds the event of an earlier press with the same `submission_key`
    and the same bytes; spends the source's allowance; rewrites the bytes in a limited process; writes the new file;
    in one transaction changes the case, appends the event (the editor who has the case is told) and writes the row.
    `called` is the reader's name for the file, repeated in an error and kept nowhere.
    Raises Refused (beside the field "file"), TooMany, FileNotKept, CaseChanged; then nothing is kept.
    """
    refuse_if(_faults(case, content, called))
    key = hashed("reader adds file", f"{submission_key} {hashlib.sha256(content).hexdigest()}")
    earlier = Event.objects.filter(case=case, data__key=key).first()
    if earlier:
        return earlier
    refuse_if(_faults_of_number(case))
    abuse.spend(abuse.ADD_FILE, source, now)
    clean = _rewritten(content, called)
    stored_name = _store(clean)
    try:
        with transaction.atomic():
            event = record(
                case,
                Happening.FILE_ADDED,
                by=READER,
                expected_version=case.version,
                now=now,
                data={"key": key, "position": _next_position(case)},
            )
            _write(event, clean, stored_name)
    except BaseException:
        _storage().delete(stored_name)
        raise
    return event


def remove(case: Case, position: int, *, now: datetime) -> None:
    """The reader takes a file back; it is deleted after the commit. Raises FileUnknown, CaseChanged."""
    found = _found(case, position)
    with transaction.atomic():
        record(
            case,
            Happening.FILE_REMOVED,
            by=READER,
            expected_version=case.version,
            now=now,
            data={"position": position},
        )
        _delete([found])


def content_of(case: Case, position: int) -> tuple[Attachment, bytes]:
    """A file's row and its bytes. Raises FileUnknown."""
    found = _found(case, position)
    try:
        with _storage().open(found.stored_name) as file:
            return found, file.read()
    except FileNotFoundError as error:
        raise FileUnknown from error


def erase(case: Case) -> bool:
    """Deletes all files of a case, in the caller's transaction (the bytes after its commit); whether there were any."""
    found = files_of(case)
    _delete(found)
    return bool(found)


def sweep(now: datetime) -> int:
    """Deletes stored files that no row names, after a day; returns how many. Safe to repeat."""
    storage = _storage()
    if not storage.exists(""):
        return 0
    _folders, names = storage.listdir("")
    kept = set(Attachment.objects.values_list("stored_name", flat=True))
    left = [name for name in names if name not in kept and storage.get_modified_time(name) < now - LEFT_OVER]
    for name in left:
        storage.delete(name)
    return len(left)


def _faults(case: Case, content: bytes, called: str) -> list[Fault]:
    if not takes_files(case):
        return [Fault("file", _("The case has ended, so no file can be added"))]
    if not content and not called:
        return [Fault("file", _("Choose a file"))]
    if len(content) > largest_file():
        message = _("“%(name)s” is larger than %(megabytes)s MB")
        return [
            Fault("file", message % {"name": _named(called), "megabytes": desk_settings.current().evidence_megabytes})
        ]
    return []


def _faults_of_number(case: Case) -> list[Fault]:
    # Two uploads at once both pass here; the guarded update lets one win, and the other comes here again.
    if Attachment.objects.filter(case=case).count() < desk_settings.current().evidence_files:
        return []
    most = desk_settings.current().evidence_files
    return [Fault("file", ngettext("Up to %(count)s file", "Up to %(count)s files", most) % {"count": most})]


_REFUSALS: dict[str, str | Promise] = {
    "empty": _("“%(name)s” is empty"),
    "kind": _("“%(name)s” cannot be accepted. Accepted types: JPEG, PNG, WebP, PDF"),
    "damaged": _("“%(name)s” is incomplete or damaged. Choose it again, or send a picture of it"),
    "locked": _("“%(name)s” opens only with a password. Save it without one, or send a picture of it"),
    "active": _("“%(name)s” contains a script or another file. Print it to a new PDF, or send a picture of it"),
    "too-much": _("“%(name)s” is too large to open. Send a smaller picture of it"),
}


def _rewritten(content: bytes, called: str) -> CleanFile:
    try:
        return rewrite(content)
    except FileRefused as refused:
        raise Refused([Fault("file", _REFUSALS[refused.reason] % {"name": _named(called)})]) from refused


def _named(called: str) -> str:
    """A file's name as a sentence can hold it: one line, no tricks of direction, isolated from the words around."""
    name = clean_line(called)
    return isolated(name if len(name) <= _SHOWN_NAME else f"{name[:_SHOWN_NAME]}…")


def _store(clean: CleanFile) -> str:
    name = f"{secrets.token_hex(16)}.{clean.kind}"
    try:
        return _storage().save(name, ContentFile(clean.content))
    except OSError as error:
        raise FileNotKept from error


def _write(event: Event, clean: CleanFile, stored_name: str) -> None:
    Attachment.objects.create(
        case_id=event.case_id,
        event=event,
        position=event.data["position"],
        kind=clean.kind,
        bytes=len(clean.content),
        stored_name=stored_name,
    )


def _next_position(case: Case) -> int:
    """The next number; one that was given to a file now removed is not given again."""
    return Event.objects.filter(case=case, happening=Happening.FILE_ADDED).count() + 1


def _found(case: Case, position: int) -> Attachment:
    # A number from an address may be larger than any that the database can be asked for.
    found = next((file for file in files_of(case) if file.position == position), None)
    if found is None:
        raise FileUnknown
    return found


def _delete(files: list[Attachment]) -> None:
    for file in files:
        file.delete()
        transaction.on_commit(partial(_storage().delete, file.stored_name), robust=True)


def _storage() -> Storage:
    return storages["evidence"]
