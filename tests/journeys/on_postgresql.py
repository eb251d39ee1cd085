"""Run by `manage.py shell` on a newsroom over PostgreSQL, where it answers by other means than SQLite; prints JSON."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import connection, connections, transaction
from django.utils import timezone

from corrections.domain import conversation, lengths
from corrections.domain.access import fetch_case
from corrections.domain.queries import case_page
from corrections.domain.side_by_side import both
from corrections.domain.undo import CannotUndo, undo
from corrections.enums import DeliveryStatus
from corrections.models import Case, Delivery
from corrections.notifications.deliver import claim_next
from newsroom.keys import among
from newsroom.makers import makers_of
from newsroom.models import Article, StaffMember
from newsroom.search import alike, matching
from newsroom.text import fold
from tests.corrections.figures_at_borders import figures
from tests.factories import NOW, as_actor, make_article, make_case, make_staff
from tests.newsroom.test_search import PAIRS, STRANGERS, article_called

#: Found by likeness alone, which SQLite does not have: a slip of the finger, a letter left out.
SLIPS = [("الزيتتون", "عين الزيتون"), ("المحطه الرئيسة", "المحطة الرئيسية"), ("councel", "Council")]
#: Rows beside which an index is worth its while for the planner.
FILLING = 20_000
#: How often a sender and a recall meet.
RACES = 30


def main() -> None:
    answers: dict[str, Any] = {name: _missing(pairs) for name, pairs in (("pairs", PAIRS), ("slips", SLIPS))}
    answers["strangers"] = [pair for pair in STRANGERS if pair not in _missing(STRANGERS)]
    answers["plans"] = _plans("تصحيحات")
    answers["lengths"] = _lengths()
    answers["pages"] = _pages()
    answers["beside"] = _beside()
    answers["figures"] = figures(article_called("أرقام"))
    answers["races"] = [_race() for _each in range(RACES)]
    print(json.dumps(answers))


def _beside() -> list[bool]:
    """Whether two questions go over two connections; over one within a transaction; a fault reaches who asked; and
    both see the same."""
    ours, other = both(_session, _session)
    with transaction.atomic():
        inside = both(_session, _session)
    try:
        both(_session, Case.objects.none().get)
    except Case.DoesNotExist:
        return [ours != other, inside == (ours, ours), _of_one_moment()]
    return [False]


def _of_one_moment() -> bool:
    """Whether neither question sees the case that arrives while they are asked."""
    asked, written = threading.Event(), threading.Event()
    article = article_called("لحظة")

    def arrive() -> None:
        asked.wait(5)
        make_case(article, now=NOW)
        connection.close()
        written.set()

    def before_and_after() -> set[int]:
        before = Case.objects.count()
        asked.set()
        return {before, Case.objects.count()} if written.wait(5) else set()

    arriving = threading.Thread(target=arrive)
    arriving.start()
    ours, others = both(before_and_after, lambda: {Case.objects.count()} if written.wait(5) else set())
    arriving.join()
    return ours == others == {Case.objects.count() - 1}


def _session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _missing(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [pair for pair in pairs if not _finds(*pair)]


def _finds(typed: str, written: str) -> bool:
    with transaction.atomic():
        article_called(written)
        found = any(Article.objects.filter(condition(typed, "search_text")).exists() for condition in (matching, alike))
        transaction.set_rollback(True)
    return found


def _race() -> bool:
    """A sender and an editor who takes the message back, at the same moment and each on a connection of its own, while
    the newsroom's worker is at it too: whether exactly one of them had the letter, and the letter says which."""
    editor = StaffMember.objects.filter(role="editor").first() or make_staff("editor")
    case = make_case(article_called("سباق"), wants_mail=True, address="reader@example.net")
    guard: Any = {"actor": as_actor(editor), "now": timezone.now()}
    step = conversation.write_to_reader(case, "نراجع الرقم.", expected_version=case.version, **guard)
    letter = Delivery.objects.get(event=step)
    Delivery.objects.exclude(pk=letter.pk).update(status=DeliveryStatus.SENT)
    Delivery.objects.filter(pk=letter.pk).update(next_attempt_at=case.received_at)
    together = threading.Barrier(2)

    def send() -> bool:
        together.wait()
        try:
            return claim_next() is not None
        finally:
            connections.close_all()

    def take_back() -> bool:
        together.wait()
        try:
            undo(case, step, expected_version=case.version, **guard)
        except CannotUndo:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as threads:
        results = [threads.submit(act) for act in (send, take_back)]
        claimed, taken_back = [result.result() for result in results]
    letter.refresh_from_db()
    is_recalled = letter.status == DeliveryStatus.RECALLED
    return taken_back == is_recalled and not (claimed and taken_back)


def _plans(typed: str) -> list[str]:
    article = article_called("عودة ضخ المياه")
    Article.objects.bulk_create(
        Article(
            language="ar",
            section=article.section,
            latest=1,
            published_at=article.published_at,
            search_text=fold(f"خبر عن البلدة رقم {number} " + "وكلمات أخرى لا تشبه شيئًا " * 15),
        )
        for number in range(FILLING)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE newsroom_article")
    return [Article.objects.filter(condition(typed, "search_text")).explain() for condition in (matching, alike)]


def _lengths() -> dict[str, list[float]]:
    """How long cases took, in seconds: counted by PostgreSQL, and from the moments themselves."""
    article = article_called("قضايا")
    for hours in (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144):
        case = make_case(article)
        Case.objects.filter(pk=case.pk).update(first_reply_at=case.received_at + timedelta(hours=hours, seconds=hours))
    replied = Case.objects.filter(first_reply_at__isnull=False)
    pairs: list[Any] = list(replied.values_list("received_at", "first_reply_at"))
    moments = sorted(end - start for start, end in pairs)
    stage = {"reply": lengths.Stage("received_at", "first_reply_at")}
    spreads = {"database": lengths.spreads(replied, stage)["reply"], "moments": lengths.spread_of(moments)}
    return {
        name: [spread.count, *(length.total_seconds() for length in (spread.median, spread.ninth_decile) if length)]
        for name, spread in spreads.items()
    }


def _pages() -> list[bool]:
    """Whether what comes with a case as lists is what the tables of the lists hold, and lists of keys find it."""
    editor = make_staff("standards_editor")
    case = make_case(make_article("ar", by=make_staff("author")), kind="complaint", clause_keys=("privacy", "fairness"))
    found = fetch_case(as_actor(editor), case.year, case.sequence)
    page = case_page(as_actor(editor), found, NOW)
    return [
        found.makers == makers_of(case.article_id),  # type: ignore[attr-defined]
        page.bylines == ("ليلى حداد",),
        [clause.key for clause in page.clauses] == [clause.key for clause in case.clauses.all()],
        len(page.events) == len(page.messages) == 1,
        list(Case.objects.filter(among([case.pk, 10**9]))) == [case],
    ]


main()
