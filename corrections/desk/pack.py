"""The hand-over pack: a record as a ZIP with names of ours, the same bytes for the same record, written to a temporary
file one part after the other, with the hash of every part."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from corrections.domain import evidence, handover
from corrections.domain.handover import CaseRecord
from corrections.domain.testimony import Testimony
from corrections.models import Attachment, Case, Decision
from newsroom.articles import Content
from newsroom.differences import BlockChange
from newsroom.models import Revision
from newsroom.spreadsheets import as_csv

LANGUAGES = ("ar", "en")
MANIFEST = "MANIFEST.sha256"
#: Beyond this the ZIP lies on the disk instead of in memory.
MOST_IN_MEMORY = 2**20
#: The first moment that a ZIP can name: when it was made is no part of the record.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_READABLE_BY_OWNER = 0o600 << 16
#: Kinds of files that are packed already.
_PACKED = (".jpg", ".jpeg", ".png", ".webp", ".pdf")

Part = tuple[str, bytes]


def pack_of(record: CaseRecord) -> IO[bytes]:
    """The ZIP, ready to be read from its beginning; whoever closes it deletes it. The last part is the manifest, in the
    form that `sha256sum --check` reads."""
    file: IO[bytes] = tempfile.SpooledTemporaryFile(MOST_IN_MEMORY)  # noqa: SIM115 - the answer reads and closes it
    sums = []
    with zipfile.ZipFile(file, "w") as pack:
        for name, content in _parts(record):
            _write(pack, name, content)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        _write(pack, MANIFEST, "".join(sums).encode())
    file.seek(0)
    return file


def _write(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    part = zipfile.ZipInfo(name, _MOMENT)
    part.create_system = 3
    part.external_attr = _READABLE_BY_OWNER
    part.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
    pack.writestr(part, content)


def _parts(record: CaseRecord) -> Iterator[Part]:
    case = record.case
    for language in LANGUAGES:
        with translation.override(language):
            yield f"README.{language}.txt", _text("readme.txt", record=record)
            yield f"record.{language}.html", _text("standalone.html", record=record, **_directions(language))
            yield f"clock.{language}.csv", _clock_table(record).encode()
    yield "record.json", _json(_as_data(record))
    yield from _article(case.revision, "article/as-the-reader-saw-it")
    photo = handover.photo_of(case.revision)
    if photo is not None:
        yield "article/photo.jpg", photo
    for revision, changes in handover.revisions_with_changes(case):
        yield from _article(revision, f"revisions/{revision.number:04d}")
        if changes:
            yield f"revisions/{revision.number:04d}-changes.txt", _changes(changes).encode()
    for file in record.files:
        yield _evidence(case, file)


def _evidence(case: Case, file: Attachment) -> Part:
    """A file of the reader; where it has been deleted since the record was read, a part that says so."""
    try:
        _row, content = evidence.content_of(case, file.position)
    except evidence.FileUnknown:
        return f"evidence/{file.position}-absent.txt", "".join(map(_absence, LANGUAGES)).encode()
    return f"evidence/{file.position}.{file.kind}", content


def _absence(language: str) -> str:
    with translation.override(language):
        return _("This file of the reader was no longer there when the pack was made.") + "\n"


def _article(revision: Revision, name: str) -> Iterator[Part]:
    language = revision.article.language
    words = Content.of(revision).words()
    with translation.override(language):
        yield f"{name}.html", _text("article.html", revision=revision, **_directions(language))
    yield f"{name}.txt", "\n\n".join(text for texts in words.values() for text in texts).encode() + b"\n"


def _changes(changes: list[BlockChange]) -> str:
    """Deleted words between [- and -], inserted ones between {+ and +}, paragraphs that stayed left out."""
    marks = {"delete": "[-%s-]", "insert": "{+%s+}", "equal": "%s"}
    changed = [change for change in changes if change.kind != "equal"]
    return "\n\n".join("".join(marks[span.operation] % span.text for span in each.spans) for each in changed) + "\n"


def _clock_table(record: CaseRecord) -> str:
    heads = [
        _("When"),
        _("What happened"),
        _("First reply due"),
        _("Decision due"),
        _("Clock"),
        _("First reply"),
        _("Decision"),
        _("Reason"),
    ]
    kept = {"": "", "met": _("on time"), "missed": _("late")}
    rows = [
        [
            _moment(line.at),
            line.label,
            _moment(line.reply_by),
            _moment(line.decide_by),
            _("runs") if line.runs else _("stopped"),
            kept[line.first_reply],
            kept[line.decision],
            line.reason,
        ]
        for line in record.clock
    ]
    return as_csv(heads, rows)


def _as_data(record: CaseRecord) -> dict[str, Any]:
    """The record for programs: coded words, moments in UTC."""
    case = record.case
    return {
        "number": case.number,
        "kind": case.kind,
        "language": case.language,
        "article": case.article_id,
        "revision": case.revision.number,
        "received_at": _utc(case.received_at),
        "review_asked_at": _utc(case.review_asked_at),
        "messages": [
            {"purpose": each.purpose, "written_at": _utc(each.written_at), "text": each.text}
            for each in record.messages
        ],
        "joined_reviews": [
            {"case": each.case.number, "written_at": _utc(each.written_at), "text": each.text}
            for each in record.joined_words
        ],
        "statements": [_statement_data(each) for each in record.statements],
        "decisions": [_decision_data(each) for each in record.decisions],
        "clock": [
            vars(line) | {name: _utc(getattr(line, name)) for name in ("at", "reply_by", "decide_by")}
            for line in record.clock
        ],
        "reader": vars(record.revealed) if record.revealed else None,
    }


def _statement_data(testimony: Testimony) -> dict[str, Any]:
    statement = testimony.statement
    moments = ("asked_at", "due_at", "answered_at", "amended_at")
    return {
        "who": testimony.who,
        "state": testimony.state.value,
        "question": statement.question,
        "text": statement.text,
        "earlier": statement.earlier,
        **{name: _utc(getattr(statement, name)) for name in moments},
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    notice = getattr(decision, "notice", None)
    return {
        "state": decision.state,
        "finding": decision.finding,
        "remedy": decision.remedy,
        "reason": decision.reason,
        "reason_translation": decision.reason_translation,
        "revision": decision.revision.number,
        "decided_at": _utc(decision.decided_at),
        "decided_by": decision.decided_by.display_name,
        "signed_by": decision.signed_by.display_name if decision.signed_by else None,
        "clauses": [
            {
                "key": clause.key,
                "version": clause.version,
                "text": {language: clause.text_in(language) for language in LANGUAGES},
            }
            for clause in decision.clauses.all()
        ],
        "notice": {"text": notice.text, "published_at": _utc(notice.published_at)} if notice else None,
    }


def _directions(language: str) -> dict[str, str]:
    return {"language": language, "direction": "rtl" if translation.get_language_bidi() else "ltr"}


def _text(template: str, **context: Any) -> bytes:
    return render_to_string(f"corrections/record/{template}", context).encode()


def _json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _moment(moment: datetime) -> str:
    """As spreadsheets read it, in the site's time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _utc(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None
