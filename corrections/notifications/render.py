"""A delivery as the mail that goes out: in the recipient's language and direction, plain and HTML.

No letter holds the reader's words, the passage, the receipt or an address: a mailbox is not a safe place. What
it holds: the article's headline, the case's number and dates, and a link.
"""

import re
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from corrections.enums import Audience, Kind
from corrections.keys import hashed, sealer
from corrections.models import Case, Decision, Delivery, Follower, Statement
from corrections.notifications import digest_letter
from corrections.notifications.case_facts import facts_of
from corrections.notifications.channels import Mail
from corrections.notifications.links import follower_token, staff_token, statement_token, token_of
from corrections.notifications.outcomes import letter_of
from corrections.notifications.plan import CONFIRMING_LETTERS
from newsroom.addresses import article_address
from newsroom.html import clean_rich_text
from newsroom.models import StaffMember
from newsroom.queries import shown_title_of

FOLDER = "corrections/emails"
#: A letter's file holds its parts between empty lines: the subject, the heading, then the paragraphs.
PARTS = "\n\n"
#: Stands for the secret of a link that no letter holds yet.
_NO_TOKEN = "0" * 43
_HEADING = re.compile(r"<(/?)h1[^>]*>")
_LINK = re.compile(r"<(/?)a\b[^>]*>")


class NobodyThere(Exception):
    """The mail has no recipient any more; `fault` is the coded word for the delivery row."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class WrittenLetter:
    """What a letter says, in its language and direction: as plain text, and as HTML."""

    language: str
    direction: str
    subject: str
    plain: str
    html: str

    @property
    def shown_html(self) -> str:
        """The HTML as a page of ours may show it: the same words and blocks, without the mail's own look and links."""
        body = self.html.partition("<body")[2].partition(">")[2].partition("</body>")[0]
        return clean_rich_text(_LINK.sub(r"<\1span>", _HEADING.sub(r"<\1h3>", body)))


def outcome_letter(case: Case, decision: Decision, *, offers_review: bool) -> WrittenLetter:
    """The letter that tells the reader of a case of a decision (stored or not), exactly as it will be sent; an ellipsis
    stands for the secret of its link, and for the last day for a review, which is counted from the decision."""
    told = Delivery(audience=Audience.READER, template="decision", language=case.language)
    with translation.override(told.language):
        letter = _written(told, case, decision, _NO_TOKEN, review_until="…" if offers_review else "")
    return replace(letter, plain=letter.plain.replace(_NO_TOKEN, "…"), html=letter.html.replace(_NO_TOKEN, "…"))


def mail_for(delivery: Delivery) -> Mail:
    """Writes the mail of a delivery; every attempt writes the same one.

    Give the delivery with event, case, revision, identity and staff member (deliver.WITH_EVERYTHING); one
    query more for a decision, and those of case_facts.facts_of. Raises NobodyThere for an erased reader and for staff
    who left.
    """
    address = _address_of(delivery)
    with translation.override(delivery.language):
        letter = _written(delivery, _case_of(delivery), _decision_of(delivery), token_of(delivery))
        return Mail(
            address=address,
            subject=letter.subject,
            plain=letter.plain,
            html=letter.html,
            message_id=f"<{message_name(delivery)}@{_host()}>",
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Id": f"<corrections.{_host()}>",
                "Content-Language": delivery.language,
                **_ways_out(delivery),
            },
        )


def _frame(delivery: Delivery, case: Case | None, token: str) -> tuple[str, dict[str, Any]]:
    """What stands around the words of a letter, and what it says there."""
    if delivery.digest:
        return "digest_frame", digest_letter.about(delivery.digest)
    if delivery.follower:
        return "follower_frame", _about_following(delivery, delivery.follower)
    if delivery.statement:
        return "statement_frame", _about_statement(delivery, delivery.statement)
    if delivery.audience == Audience.STAFF and delivery.staff_member:
        return "staff_frame", _about_account(delivery, delivery.staff_member)
    return "case_frame", _about_case(delivery, case or delivery.case, token)


def message_name(delivery: Delivery) -> str:
    """A name of this mail that is the same for every attempt and in no other database."""
    row = f"{delivery.pk}/{delivery.event_id}/{delivery.written_at.isoformat()}"
    return f"{delivery.pk}.{hashed('message id', row)[:24]}"


def _address_of(delivery: Delivery) -> str:
    member = delivery.statement.staff_member if delivery.statement else delivery.staff_member
    outside = delivery.identity or delivery.follower or (delivery.statement if member is None else None)
    if outside:
        if not outside.address_sealed:
            raise NobodyThere("erased")
        return sealer().unseal(outside.address_sealed)
    if member is None:
        return str(settings.DESK_ADDRESS)
    if not (member.is_active and member.email):
        raise NobodyThere("left")
    if delivery.digest and not digest_letter.is_wanted(delivery.digest, member):
        raise NobodyThere("ended")
    return member.email


def _written(
    delivery: Delivery, case: Case | None, decision: Decision | None, token: str, **more: str
) -> WrittenLetter:
    """What a delivery says, in the active language; `more` are facts that no event has yet."""
    subject, heading, *paragraphs = _words(delivery, case, decision, more)
    frame, about = _frame(delivery, case, token)
    site = _site(delivery)
    context = {**about, **site, "subject": subject, "heading": heading, "paragraphs": paragraphs}
    return WrittenLetter(
        language=delivery.language,
        direction=site["direction"],
        subject=subject,
        plain=render_to_string(f"{FOLDER}/{frame}.txt", context),
        html=render_to_string(f"{FOLDER}/{frame}.html", context),
    )


def _words(delivery: Delivery, case: Case | None, decision: Decision | None, more: dict[str, str]) -> list[str]:
    template, facts = _letter_of(delivery, case, decision)
    written = render_to_string(f"{FOLDER}/{template}.txt", facts | more)
    return [part.strip() for part in written.split(PARTS) if part.strip()]


def _letter_of(delivery: Delivery, case: Case | None, decision: Decision | None) -> tuple[str, dict[str, Any]]:
    if delivery.digest:
        return delivery.template, digest_letter.facts_of(delivery.digest)
    if delivery.follower:
        return delivery.template, {}
    if delivery.audience == Audience.STAFF and delivery.staff_member:
        return delivery.template, {"username": delivery.staff_member.get_username()}
    return _letter_about_case(delivery, case or delivery.case, decision)


def _letter_about_case(delivery: Delivery, case: Case, decision: Decision | None) -> tuple[str, dict[str, Any]]:
    template = letter_of(decision, case.kind) if decision else delivery.template
    return template, facts_of(delivery, case, decision)


def _case_of(delivery: Delivery) -> Case | None:
    """The case that a letter is about; none for one about following an article or about a view."""
    return delivery.event.case if delivery.event else None


def _decision_of(delivery: Delivery) -> Decision | None:
    """The decision that the letter speaks of, even if it was superseded before the mail went out. For a report
    that was joined to another it is the other's."""
    if delivery.event is None or delivery.template != "decision":
        return None
    return Decision.objects.select_related("case").get(pk=delivery.event.data["decision"])


def _site(delivery: Delivery) -> dict[str, Any]:
    return {
        "is_confirming": delivery.template in CONFIRMING_LETTERS,
        "language": delivery.language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "side": "right" if translation.get_language_bidi() else "left",
        "site_name": settings.SITE_NAMES[delivery.language],
    }


def _about_case(delivery: Delivery, case: Case, token: str) -> dict[str, Any]:
    to_reader = delivery.audience == Audience.READER
    path = (
        reverse("reader:open_link", args=[token])
        if to_reader
        else reverse("desk:case", args=[case.year, case.sequence])
    )
    return {
        "title": case.revision.title,
        "number": case.number,
        "url": settings.SITE_URL + path,
        "to_reader": to_reader,
        "is_complaint": case.kind == Kind.COMPLAINT,
    }


def _about_following(delivery: Delivery, follower: Follower) -> dict[str, Any]:
    """An article's name as it is now, the page that the mail leads to, and the one that ends the following."""
    path = article_address(follower.article)
    if delivery.template in CONFIRMING_LETTERS:
        path = reverse("reader:confirm_follow", args=[follower_token(follower)])
    return {"title": shown_title_of(follower.article), "url": settings.SITE_URL + path, "end_url": _end_url(follower)}


def _about_statement(delivery: Delivery, statement: Statement) -> dict[str, Any]:
    """The article, the case's number, and the page for the answer; of the report not even what kind it is."""
    path = reverse("reader:statement", args=[statement_token(statement.seed)])
    url = "" if statement.withdrawn_at else settings.SITE_URL + path
    return {"title": delivery.case.revision.title, "number": delivery.case.number, "url": url}


def _about_account(delivery: Delivery, member: StaffMember) -> dict[str, Any]:
    """The page on which somebody chooses a password."""
    path = reverse("desk:join", args=[delivery.pk, staff_token(delivery, member)])
    return {"url": settings.SITE_URL + path}


def _ways_out(delivery: Delivery) -> dict[str, str]:
    """One-click unsubscription (RFC 2369, RFC 8058) where there is something to unsubscribe from."""
    if delivery.digest:
        address = digest_letter.end_url(delivery.digest.subscription)
    elif delivery.follower and delivery.template not in CONFIRMING_LETTERS:
        address = _end_url(delivery.follower)
    else:
        return {}
    return {
        "List-Unsubscribe": f"<{address}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _end_url(follower: Follower) -> str:
    return str(settings.SITE_URL) + reverse("reader:unfollow", args=[follower_token(follower)])


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
