"""A receipt in forms that a reader can take away: a text file and a QR code."""

import io

import segno
from django.http import HttpResponse
from django.template.loader import render_to_string

from corrections.models import Case
from corrections.receipts import show_receipt

#: So that the plainest editors of old phones and computers take the file for UTF-8, and break its lines.
_MARK, _LINE_END = "\ufeff", "\r\n"
#: Modules of white that readers of codes need around one (ISO/IEC 18004).
_QUIET_ZONE = 4


def plain_file(words: str, name: str) -> HttpResponse:
    """Words as a text file that the browser saves under a name of ASCII letters."""
    content = _MARK + _LINE_END.join(words.strip().splitlines()) + _LINE_END
    response = HttpResponse(content, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def text(case: Case, receipt: str, address: str) -> str:
    """Number, receipt, the address where it is typed and the promised day, in the language of the page."""
    return render_to_string(
        "corrections/reader/receipt.txt",
        {"case": case, "receipt": show_receipt(receipt).replace("\xa0", " "), "address": address},
    )


def picture(receipt: str, address: str) -> bytes:
    """An SVG of the QR code that holds the address and the receipt as text of two lines.

    As text and not as one link: a receipt in an address would stay in the history of whatever phone reads it.
    """
    drawn = io.BytesIO()
    code = segno.make(f"{address}\n{show_receipt(receipt).replace(chr(0xA0), ' ')}", error="m", micro=False)
    code.save(drawn, kind="svg", scale=4, border=_QUIET_ZONE, light="#fff", dark="#000", xmldecl=False)
    return drawn.getvalue()
