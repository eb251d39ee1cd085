import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings as project

from corrections.domain.intake import Receipted
from corrections.enums import Audience, Finding, Happening, Remedy
from corrections.models import Case, Decision, Delivery, Identity, Statement
from corrections.notifications.channels import Mail
from corrections.notifications.outcomes import letter_of
from corrections.notifications.plan import PLAN
from corrections.notifications.render import FOLDER, NobodyThere, mail_for
from corrections.receipts import show_receipt
from newsroom.models import StaffMember
from tests.corrections.notifications.conftest import NOW
from tests.factories import make_article, submit

CANARIES = ("canary-text", "canary-source", "canary-name", "canary-address")
LETTERS = sorted(
    {(letter.audience, letter.template) for letters in PLAN.values() for letter in letters}
    - {(Audience.READER, "decision")}
    | {(audience, "taken_back") for audience in (Audience.READER, Audience.ASSIGNEE, Audience.SIGNERS)}
)
OUTCOMES = [
    (finding, remedy)
    for finding, remedy in product(Finding.values, Remedy.values)
    if finding != Finding.INADMISSIBLE or remedy == Remedy.NONE
]
#: Letters that hang on no case.
FOLLOWERS = {"confirm_following", "article_corrected", "invitation"}
LANGUAGES = ("ar", "en")


@pytest.fixture
def received(db: None) -> Receipted:
    return submit(
        make_article("ar"),
        text="canary-text with words of the reader",
        sources="canary-source",
        credit="name",
        name="canary-name",
        wants_mail=True,
        address="canary-address@example.net",
    )


Written = Callable[..., Mail]


@pytest.fixture
def written(received: Receipted, editor: StaffMember) -> Written:
    """One letter on the reader's case, as it would go out."""

    def write(audience: str, template: str, language: str, decision: Decision | None = None) -> Mail:
        event = received.case.events.create(
            sequence=99,
            happening=Happening.DECIDED,
            actor_kind="clock",
            happened_at=NOW,
            data={"decision": decision.pk} if decision else {},
        )
        to_reader, to_asked = audience == Audience.READER, audience == Audience.ASKED
        return mail_for(
            Delivery.objects.create(
                written_at=NOW,
                event=event,
                audience=audience,
                template=template,
                language=language,
                identity=Identity.objects.get() if to_reader else None,
                statement=statement_on(received.case, editor) if to_asked else None,
                staff_member=None if to_reader or to_asked or audience == Audience.DESK else editor,
                next_attempt_at=NOW,
            )
        )

    return write


ARABIC_REASON = "جدول الوزارة نفسه يقول غير ذلك.\n\nالرقم في الصفحة 4."


def statement_on(case: Case, by: StaffMember) -> Statement:
    seed = {"seed": "0" * 32, "token_hash": "0" * 64}
    moments = {"asked_at": NOW, "due_at": NOW}
    return Statement.objects.create(case=case, staff_member=by, asked_by=by, question="canary-text", **seed, **moments)


def decision_on(case: Case, finding: str, remedy: str, by: StaffMember, reason: str = ARABIC_REASON) -> Decision:
    return Decision.objects.create(
        case=case,
        state=Decision.State.LIVE,
        finding=finding,
        ground="out_of_scope" if finding == Finding.INADMISSIBLE else "",
        remedy=remedy,
        revision=case.revision,
        reason=reason,
        decided_by=by,
        decided_at=NOW,
    )


def fetched(html: str) -> list[str]:
    """What a mail program would ask for while it shows a mail, and links that lead elsewhere, which tell on readers."""
    loads = re.findall(r"<(?:img|link|script|iframe|object|embed|video|audio|svg)\b", html)
    loads += re.findall(r"\b(?:src|srcset|background)=|url\(", html)
    return loads + [link for link in re.findall(r'href="([^"]*)"', html) if not link.startswith(project.SITE_URL)]


class Directions(HTMLParser):
    """Which `dir` stands on html, body, tables and their cells."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, set[str | None]] = {}

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("html", "body", "table", "td"):
            self.found.setdefault(tag, set()).add(dict(attributes).get("dir"))


def assert_is_sound(mail: Mail, language: str, number: str) -> None:
    everything = "\n".join([mail.subject, mail.plain, mail.html, *mail.headers.values(), mail.message_id])
    assert [canary for canary in CANARIES if canary in everything] == []
    first_letter = "[\u0600-\u06ff]" if language == "ar" else "[A-Za-z]"
    assert re.fullmatch(rf"{first_letter}[^\n]* {number}", mail.subject)
    assert mail.plain.strip()
    assert fetched(mail.html) == []
    assert "\n\n\n" not in mail.plain.strip()
    directions = Directions()
    directions.feed(mail.html)
    side = {"rtl" if language == "ar" else "ltr"}
    assert directions.found == dict.fromkeys(("html", "body", "table", "td"), side)
    if language == "ar":
        starts = [line[0] for line in mail.plain.splitlines() if line and not line.startswith("http")]
        assert [start for start in starts if re.match("[A-Za-z0-9]", start)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("audience", "template"), LETTERS)
def test_every_letter_is_whole_and_says_nothing_secret(
    written: Written, received: Receipted, audience: str, template: str, language: str
) -> None:
    mail = written(audience, template, language)
    assert_is_sound(mail, language, received.case.number)
    assert received.receipt not in mail.plain + mail.html
    assert show_receipt(received.receipt) not in mail.plain + mail.html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_every_outcome_has_its_letter(
    written: Written, received: Receipted, editor: StaffMember, kind: str, language: str
) -> None:
    case = received.case
    Case.objects.filter(pk=case.pk).update(kind=kind, was_complaint=kind == "complaint")
    for sequence, (finding, remedy) in enumerate(OUTCOMES, start=100):
        decision = decision_on(case, finding, remedy, editor)
        event = case.events.create(
            sequence=sequence,
            happening=Happening.DECIDED,
            actor_kind="clock",
            happened_at=NOW,
            data={"decision": decision.pk},
        )
        delivery = Delivery.objects.create(
            written_at=NOW,
            event=event,
            audience=Audience.READER,
            template="decision",
            language=language,
            identity=Identity.objects.get(),
            next_attempt_at=NOW,
        )
        delivery.case.refresh_from_db()
        assert_is_sound(mail_for(delivery), language, case.number)
        Decision.objects.update(state=Decision.State.SUPERSEDED)


def test_a_declined_note_carries_the_desks_reason_escaped(
    written: Written, received: Receipted, editor: StaffMember
) -> None:
    reason = "The ministry’s own table <b>says</b> otherwise.\n\nPage 4."
    decision = decision_on(received.case, Finding.NOT_UPHELD, Remedy.NONE, editor, reason)
    Decision.objects.filter(pk=decision.pk).update(reason_translation=reason)
    mail = written(Audience.READER, "decision", "en", decision)
    assert "Reasons: The ministry’s own table <b>says</b> otherwise.\n\nPage 4." in mail.plain
    assert "<b>" not in mail.html
    assert "&lt;b&gt;says&lt;/b&gt;" in mail.html


def test_each_finding_of_a_complaint_has_a_letter_of_its_own(case: Case, editor: StaffMember) -> None:
    findings = (Finding.UPHELD, Finding.PARTLY_UPHELD, Finding.NOT_UPHELD)
    letters = {letter_of(Decision(finding=finding, remedy=Remedy.NONE), "complaint") for finding in findings}
    assert letters == {"complaint_upheld", "complaint_partly_upheld", "complaint_not_upheld"}


def test_a_note_that_was_right_is_never_told_that_there_was_no_error() -> None:
    upheld = Decision(finding=Finding.UPHELD, remedy=Remedy.NONE)
    assert letter_of(upheld, "correction") == "decided"


def test_no_letter_lies_unused() -> None:
    used = {template for _audience, template in LETTERS}
    used |= {
        letter_of(Decision(finding=finding, remedy=remedy), kind)
        for finding, remedy in OUTCOMES
        for kind in ("correction", "complaint")
    }
    folder = Path(project.TEMPLATES[0]["DIRS"][0]) / FOLDER
    assert {path.stem for path in folder.glob("*.txt")} == used | FOLLOWERS | {
        "frame",
        "review_open",
        "case_frame",
        "follower_frame",
        "digest",
        "digest_frame",
        "statement_frame",
        "staff_frame",
        "remedy",
    }


def test_the_letter_to_a_reader_leads_to_the_link(written: Written) -> None:
    assert re.search(r"^http\S+/ar/open/\S{43}/$", written(Audience.READER, "message", "ar").plain, re.MULTILINE)


def test_the_letter_to_staff_leads_to_the_case_on_the_desk(written: Written, received: Receipted) -> None:
    case = received.case
    address = f"{project.SITE_URL}/en/desk/cases/{case.year}/{case.sequence}/"
    assert address in written(Audience.ASSIGNEE, "assigned", "en").plain.splitlines()


def test_a_headline_that_is_html_stays_text(received: Receipted) -> None:
    mail = mail_for(_with_title(received.case, '<script>alert(1)</script>"'))
    assert "<script>" not in mail.html


def test_every_attempt_writes_the_same_mail(case: Case) -> None:
    delivery = Delivery.objects.get(template="received")
    assert mail_for(delivery) == mail_for(Delivery.objects.get(pk=delivery.pk))


def test_mails_are_marked_as_written_by_a_machine(case: Case) -> None:
    mail = mail_for(Delivery.objects.get(template="received"))
    assert mail.headers == {
        "Auto-Submitted": "auto-generated",
        "List-Id": "<corrections.127.0.0.1>",
        "Content-Language": "ar",
    }
    assert re.fullmatch(r"<\d+\.[0-9a-f]{24}@127\.0\.0\.1>", mail.message_id)


def test_nobody_is_written_to_after_the_erasure(case: Case) -> None:
    Identity.objects.update(name_sealed="", address_sealed="", address_hash="", erased_at=NOW)
    with pytest.raises(NobodyThere) as nobody:
        mail_for(Delivery.objects.get(template="received"))
    assert nobody.value.fault == "erased"


def test_staff_who_left_are_not_written_to(written: Written, editor: StaffMember) -> None:
    StaffMember.objects.filter(pk=editor.pk).update(is_active=False)
    editor.refresh_from_db()
    with pytest.raises(NobodyThere):
        written(Audience.ASSIGNEE, "assigned", "ar")


def _with_title(case: Case, title: str) -> Delivery:
    delivery = Delivery.objects.select_related("event__case__revision", "identity").get(template="received")
    delivery.case.revision.title = title
    return delivery


@pytest.mark.parametrize(("kind", "words"), [("complaint", "نص الشكوى"), ("correction", "نص الملاحظة")])
def test_the_letter_names_what_it_does_not_repeat(written: Written, received: Receipted, kind: str, words: str) -> None:
    Case.objects.update(kind=kind, was_complaint=kind == "complaint")
    received.case.refresh_from_db()
    mail = written("reader", "question", "ar")
    assert [f"لا تتضمن هذه الرسالة {words}" in body for body in (mail.plain, mail.html)] == [True, True]
