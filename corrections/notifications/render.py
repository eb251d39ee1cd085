"""A delivery as the mail that goes out: in the recipient's language and direction, plain and HTML.

No letter holds the reader's words, the passage, the receipt or an address: a mailbox is not a safe place. What
it holds: the article's headline, the case's number and dates, and a link.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from corrections.enums import Audience, Kind, Severity
from corrections.keys import hashed, sealer
from corrections.models import Case, Decision, Delivery
from corrections.notifications.channels import Mail
from corrections.notifications.links import token_of
from corrections.notifications.outcomes import letter_of
from corrections.notifications.plan import CONFIRMING_LETTERS
from newsroom.dates import long_date

FOLDER = "corrections/emails"
#: A letter's file holds its parts between empty lines: the subject, the heading, then the paragraphs.
PARTS = "\n\n"


class NobodyThere(Exception):
    """The mail has no recipient any more; `fault` is the coded word for the delivery row."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


def mail_for(delivery: Delivery) -> Mail:
    """Writes the mail of a delivery; every attempt writes the same one.

    Give the delivery with event, case, revision, identity and staff member (deliver.WITH_EVERYTHING); one
    query more for a decision. Raises NobodyThere for an erased reader and for staff who left.
    """
    address = _address_of(delivery)
    with translation.override(delivery.language):
        subject, heading, *paragraphs = _words(delivery)
        context = _frame(delivery, heading, paragraphs) | {"subject": subject}
        return Mail(
            address=address,
            subject=subject,
            plain=render_to_string(f"{FOLDER}/frame.txt", context),
            html=render_to_string(f"{FOLDER}/frame.html", context),
            message_id=f"<{message_name(delivery)}@{_host()}>",
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Id": f"<corrections.{_host()}>",
                "Content-Language": delivery.language,
            },
        )


def message_name(delivery: Delivery) -> str:
    """A name of this mail that is the same for every attempt and in no other database."""
    row = f"{delivery.pk}/{delivery.event_id}/{delivery.event.happened_at.isoformat()}"
    return f"{delivery.pk}.{hashed('message id', row)[:24]}"


def _address_of(delivery: Delivery) -> str:
    if delivery.identity:
        if not delivery.identity.address_sealed:
            raise NobodyThere("erased")
        return sealer().unseal(delivery.identity.address_sealed)
    if delivery.staff_member is None:
        return str(settings.DESK_ADDRESS)
    if not (delivery.staff_member.is_active and delivery.staff_member.email):
        raise NobodyThere("left")
    return delivery.staff_member.email


def _words(delivery: Delivery) -> list[str]:
    case = delivery.event.case
    decision = _decision_of(delivery) if delivery.template == "decision" else None
    template = letter_of(decision, case.kind) if decision else delivery.template
    written = render_to_string(f"{FOLDER}/{template}.txt", _facts(case) | {"decision": decision})
    return [part.strip() for part in written.split(PARTS) if part.strip()]


def _decision_of(delivery: Delivery) -> Decision:
    """The decision that the event speaks of, even if it was superseded before the mail went out. For a report
    that was joined to another it is the other's."""
    return Decision.objects.get(pk=delivery.event.data["decision"])


def _facts(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "kind": Kind(case.kind).label,
        "expected_by": long_date(case.decision_due_at),
        "answer_by": long_date(case.question_due_at) if case.question_due_at else "",
        "concerns_safety": case.severity == Severity.SAFETY,
    }


def _frame(delivery: Delivery, heading: str, paragraphs: list[str]) -> dict[str, Any]:
    case = delivery.event.case
    return {
        "heading": heading,
        "paragraphs": paragraphs,
        "title": case.revision.title,
        "number": case.number,
        "url": settings.SITE_URL + _path(delivery, case),
        "to_reader": delivery.audience == Audience.READER,
        "is_confirming": delivery.template in CONFIRMING_LETTERS,
        "language": delivery.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "side": "right" if translation.get_language_bidi() else "left",
        "site_name": settings.SITE_NAMES[delivery.language],
    }


def _path(delivery: Delivery, case: Case) -> str:
    if delivery.audience == Audience.READER:
        return reverse("reader:open_link", args=[token_of(delivery)])
    return reverse("desk:case", args=[case.year, case.sequence])


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
