"""Who may come in, over every address that the desk has."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from corrections.desk.account_urls import ACCOUNT_PATTERNS
from corrections.desk.urls import urlpatterns
from corrections.domain import assignment, decisions, jobs, relations, undo
from corrections.domain.bulk_actions import Instruction
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.job_enums import BulkAction
from corrections.models import Case, Delivery, Job
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, happenings, now, page_address, press, stored
from tests.corrections.files import add_file
from tests.factories import as_actor, make_case, make_staff

#: Doors that are open to everybody.
OPEN = {"sign_in", "sign_out", "end_mails"}
#: What whoever wrote the article may do on a correction of it: add a note, be seen, keep words for it.
OWN = {"note", "presence", "keep_draft", "discard_draft"}
NAMES = [str(pattern.name) for pattern in urlpatterns if pattern not in ACCOUNT_PATTERNS]
WORDS = {"text": "كلمات", "reason": "سبب", "severity": "safety", "kind": "addition", "remedy": "none", "lead": "2025/1"}
#: Pages of one's own account, for authors too; the second step of the sign-in is for whoever has taken the first.
ACCOUNT_PAGES = {str(pattern.name) for pattern in ACCOUNT_PATTERNS if str(pattern.pattern).startswith("account/")}
OPEN |= {"second_factor", "join"}


@pytest.fixture
def case(case: Case) -> Case:
    """A correction with a file, so that every address has something behind it."""
    add_file(case, now=now())
    return case


@pytest.fixture
def complaint(complaint: Case) -> Case:
    """A complaint with a file."""
    add_file(complaint, now=now())
    return complaint


def addresses(case: Case) -> Iterator[tuple[str, str]]:
    """Every address of the desk, filled in with the case."""
    delivery = Delivery.objects.filter(event__case=case).latest("pk")
    job = Job.objects.order_by("pk").values_list("pk", flat=True).first() or 1
    numbers: dict[str, Any] = {"year": case.year, "sequence": case.sequence, "delivery": delivery.pk, "position": 1}
    numbers |= {"number": job, "view": 1, "token": "x", "form": "text", "kind": "complaint", "key": 1}
    for pattern in urlpatterns:
        wanted = {name: numbers.get(name, "promise") for name in pattern.pattern.converters}
        yield str(pattern.name), reverse(f"desk:{pattern.name}", kwargs=wanted)


def everything() -> dict[str, Any]:
    """How many rows there are of everything, and at which version the cases stand."""
    models: list[type[Model]] = [model for model in apps.get_models() if model._meta.app_label != "sessions"]
    rows = {model._meta.label: model._default_manager.count() for model in models}
    return {**rows, "versions": list(Case.objects.order_by("pk").values_list("pk", "version", "status"))}


def stored_sessions() -> list[Any]:
    """What the sessions hold."""
    return [(each.session_key, each.get_decoded()) for each in Session.objects.order_by("session_key")]


@pytest.fixture
def full_desk(
    desk: Client, case: Case, complaint: Case, article: Article, editor: StaffMember, standards_editor: StaffMember
) -> Client:
    """A desk with cases in several states."""
    held, asked, proposed = (make_case(article, now=now(), text=f"{HOSTILE} {number}") for number in range(3))
    for each in (held, asked, proposed):
        add_file(each, now=now())
    press(desk, held, "hold", reason="campaign")
    press(desk, asked, "claim")
    press(desk, asked, "ask", text="ما المصدر؟")
    press(desk, proposed, "claim")
    decisions.decide(
        stored(proposed),
        Proposal(finding="upheld", remedy="retraction", reason="خطأ.", notice_text="سُحب المقال."),
        actor=as_actor(editor),
        expected_version=stored(proposed).version,
        now=now(),
    )
    instruction = Instruction(BulkAction.SEVERITY, severity="minor")
    jobs.start(instruction, [(held.pk, 2), (proposed.pk, 3)], key="a form", actor=as_actor(editor), now=now())
    return desk


def test_the_addresses_are_those_that_the_desk_promises() -> None:
    assert {"queue", "case", "decide", "sign", "reveal", "resend", "notices", "deliveries"} <= set(NAMES)
    assert len(NAMES) == len(set(NAMES)) == 82


@pytest.mark.parametrize("method", ["get", "post", "head", "put", "delete"])
def test_a_stranger_opens_nothing(stranger: Client, case: Case, method: str) -> None:
    before = everything()
    for name, address in addresses(case):
        if name not in OPEN:
            response = getattr(stranger, method)(address)
            assert response.status_code in (302, 405), (name, response.status_code)
            assert response.status_code == 405 or "/desk/sign-in/" in response["Location"], name
    assert everything() == before


def test_a_stranger_with_words_changes_nothing(stranger: Client, case: Case) -> None:
    before = everything()
    for name, address in addresses(case):
        if name not in OPEN:
            response = stranger.post(address, {"expected_version": case.version, **WORDS})
            assert response.status_code in (403, 405), name
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_author_reads_and_changes_nothing(
    signed_in: Callable[[StaffMember], Client], case: Case, method: str
) -> None:
    client = signed_in(make_staff("author"))
    before = everything()
    for name, address in addresses(case):
        if name not in OPEN | ACCOUNT_PAGES:
            response = getattr(client, method)(address, {"expected_version": case.version, **WORDS})
            assert response.status_code in (403, 405), (name, response.status_code)
            assert case.summary not in response.content.decode()
    assert everything() == before


def test_an_author_is_told_why_and_can_sign_out(
    signed_in: Callable[[StaffMember], Client], author: StaffMember
) -> None:
    response = signed_in(author).get(page_address("queue"))
    page = response.content.decode()
    assert (response.status_code, response.templates[0].name) == (403, "corrections/desk/not_for_authors.html")
    assert 'action="/ar/desk/sign-out/"' in page
    assert "/ar/desk/deliveries/" not in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_wrote_the_article_finds_no_complaint_about_it(conflicted: Client, complaint: Case, method: str) -> None:
    before = everything()
    for name, address in addresses(complaint):
        if "sequence" in next(pattern for pattern in urlpatterns if pattern.name == name).pattern.converters:
            response = getattr(conflicted, method)(address, {"expected_version": complaint.version, **WORDS})
            assert response.status_code in (404, 405), name
    assert everything() == before


@pytest.mark.parametrize("way", ["changed", "changed back", "undone"])
def test_what_was_a_complaint_stays_hidden_from_who_wrote_the_article(
    conflicted: Client, standards_desk: Client, article: Article, standards_editor: StaffMember, way: str
) -> None:
    former = make_case(article, now=now(), kind="complaint" if way == "changed" else "correction", text="سرّ القارئ")
    guard: dict[str, Any] = {"actor": as_actor(standards_editor), "now": now()}
    changed = None
    if way != "changed":
        changed = assignment.change_kind(
            former, "complaint", clause_keys=("fairness",), expected_version=former.version, **guard
        )
    if way == "undone" and changed:
        undo.undo(former, changed, expected_version=former.version, **guard)
    else:
        assignment.change_kind(former, "correction", expected_version=former.version, **guard)
    former = Case.objects.get(pk=former.pk)
    assert (former.kind, former.was_complaint) == ("correction", True)
    assert conflicted.get(address_of(former)).status_code == 404
    for address in (f"{page_address('queue')}?view=all", f"{page_address('queue')}?view=all&q=سرّ"):
        assert former.number in standards_desk.get(address).content.decode()
        assert former.number not in conflicted.get(address).content.decode()
    assert "كان هذا الطلب شكوى" in standards_desk.get(address_of(former)).content.decode()
    other = make_case(article, now=now())
    for case, lead in ((former, other), (other, former)):
        with pytest.raises(Refused):
            relations.link_duplicate(case, lead, expected_version=case.version, **guard)


@pytest.mark.parametrize("name", ["queue", "notices", "deliveries"])
def test_no_list_shows_somebody_a_complaint_about_their_own_article(
    conflicted: Client, complaint: Case, name: str
) -> None:
    Delivery.objects.filter(event__case=complaint).update(status="failed")
    page = conflicted.get(page_address(name) + "?view=all").content.decode()
    assert (complaint.number in page, complaint.summary in page) == (False, False)


def test_a_correction_of_the_same_article_does_not_tell_of_the_complaint(
    conflicted: Client, desk: Client, case: Case, complaint: Case
) -> None:
    address = address_of(case)
    assert complaint.summary in desk.get(address).content.decode()
    page = conflicted.get(address).content.decode()
    assert (case.summary in page, complaint.summary in page, complaint.number in page) == (True, False, False)


def test_who_wrote_the_article_works_on_no_correction_of_it(conflicted: Client, case: Case) -> None:
    page = conflicted.get(address_of(case))
    assert set(page.context["forms"]) == {"text"}
    assert page.context["may"] == {"note"}
    for name, address in addresses(case):
        if "sequence" in next(pattern for pattern in urlpatterns if pattern.name == name).pattern.converters:
            response = conflicted.post(address, {"expected_version": case.version, **WORDS})
            assert response.status_code in (403, 405, 422) or name in OWN, name
    assert happenings(case) == ["received", "file_added", "note_added"]


@pytest.mark.parametrize(
    ("year", "sequence"), [(2025, 999), (0, 0), (1999, 1), (10**12, 1), (2025, 10**30), (10**30, 10**30)]
)
def test_a_case_that_does_not_exist_is_not_found(desk: Client, db: None, year: int, sequence: int) -> None:
    for pattern in urlpatterns:
        converters = pattern.pattern.converters
        if "sequence" in converters:
            numbers: dict[str, Any] = {
                "year": year,
                "sequence": sequence,
                "delivery": 1,
                "position": 10**20,
                "number": 1,
            }
            numbers["form"] = "text"
            address = reverse(f"desk:{pattern.name}", kwargs={name: numbers[name] for name in converters})
            assert desk.get(address).status_code in (404, 405)
            assert desk.post(address, {"expected_version": 1}).status_code in (404, 405)


def test_looking_changes_nothing(full_desk: Client, standards_desk: Client) -> None:
    before = everything(), stored_sessions()
    for client in (full_desk, standards_desk):
        for case in Case.objects.all():
            for name, address in addresses(case):
                if client is standards_desk and name.startswith("job") and name != "jobs":
                    continue  # somebody else's
                if name in ("end_mails", "join", "revoke_key"):
                    continue  # needs a link (test_view_mails), or a key of one's own (test_keys)
                for language in ("ar", "en"):
                    path = address.replace("/ar/", f"/{language}/", 1)
                    assert client.get(path).status_code in (200, 302, 403, 405, 409), path
                    assert client.head(path).status_code in (200, 302, 403, 405, 409), path
    assert (everything(), stored_sessions()) == before


def test_no_page_of_the_desk_holds_inline_code_or_a_reader_as_html(full_desk: Client) -> None:
    for case in Case.objects.all():
        for name, address in addresses(case):
            response = full_desk.get(address)
            page = response.content.decode("latin-1")
            assert "<script>" not in page
            assert " style=" not in page
            assert "<img" not in page, name


def test_every_page_of_the_desk_stays_out_of_caches(full_desk: Client, case: Case) -> None:
    for _name, address in addresses(case):
        response = full_desk.get(address)
        if response.status_code == 200:
            assert response["Cache-Control"] == "no-store, private"
