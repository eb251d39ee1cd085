"""Tables as CSV that a spreadsheet opens rightly, in Arabic too, and in which nothing that people wrote is run."""

import csv
import io
from collections.abc import Iterable, Sequence

#: What begins a formula in one program or another (OWASP, CSV Injection), also behind spaces and in full width.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠", "–", "—")
#: Programs that take a file without it for an old national encoding break every Arabic letter.
BYTE_ORDER_MARK = "\ufeff"


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """The table as RFC 4180 text with a byte order mark; numbers stay numbers, texts never become formulas."""
    buffer = io.StringIO()
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([_safe(head) for head in heads])
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _safe(cell: object) -> object:
    """A text that could start a formula with an apostrophe before it, which spreadsheets show as text."""
    if not isinstance(cell, str) or (not cell.lstrip().startswith(_STARTS) and not cell.startswith(_STARTS)):
        return cell
    return f"'{cell}"
