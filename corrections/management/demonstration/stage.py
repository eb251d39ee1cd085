"""Fills an empty database with the demonstration newsroom."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from corrections.domain import clocks
from corrections.domain.procedures_in_force import procedure_for
from corrections.management.demonstration import cases_arabic, cases_english
from corrections.management.demonstration.people import STAFF, make_sections, make_staff
from corrections.management.demonstration.pictures import draw
from corrections.management.demonstration.story import Stage
from corrections.management.demonstration.texts import ArticleText, article_texts
from corrections.procedures import ends_at
from newsroom import articles
from newsroom.articles import ArticleDraft, BylineDraft, Content
from newsroom.models import Article, Revision, Section, StaffMember
from newsroom.photos import store_photo

#: Each story and how many days ago it began, the oldest first, so that the numbers follow the calendar.
STORIES: tuple[tuple[float, Callable[[Stage, datetime], None]], ...] = (
    (12.0, cases_arabic.families),
    (11.5, cases_arabic.spelling),
    (11.2, cases_arabic.child_in_picture),
    (10.5, cases_english.fuel_saved),
    (9.5, cases_arabic.truck_load),
    (9.2, cases_english.forged_letter),
    (9.0, cases_english.northern_farms),
    (8.5, cases_arabic.association),
    (8.0, cases_english.bread),
    (7.5, cases_arabic.shelter_privacy),
    (3.5, cases_arabic.market_rents),
    (3.2, cases_english.mill_stop),
    (2.5, cases_arabic.which_street),
    (2.2, cases_arabic.seats),
    (1.5, cases_english.bus_driver),
    (1.2, cases_arabic.changed_mind),
    (0.6, cases_arabic.advertising),
    (0.3, cases_english.eleven_places),
    (0.1, cases_arabic.library_stop),
)
#: How far back a report may lie whose decision is due today; longer than any working week with its weekend.
LONGEST_SEARCH = 14


class NotOurs(Exception):
    """The database holds somebody else's newsroom."""


def is_filled() -> bool:
    """Whether the demonstration is there already; it is written whole or not at all.

    Raises NotOurs where the database holds articles or accounts of another newsroom.
    """
    usernames = [person.username for person in STAFF]
    if StaffMember.objects.filter(username__in=usernames, email__endswith="@example.org").count() == len(STAFF):
        return True
    if StaffMember.objects.exists() or Article.objects.exists():
        raise NotOurs
    return False


def fill(now: datetime) -> Stage:
    """Writes sections, staff, articles with their pictures, and cases, in one transaction.

    The files of the pictures are written before; a run that breaks off leaves them behind, and the next one
    finds them under the same names. After the commit the senders are woken for all the mails.
    """
    with transaction.atomic():
        sections, staff = make_sections(), make_staff()
        published = {text.key: _publish(text, sections, staff, now) for text in article_texts()}
        stage = Stage(now, staff, published)
        for at, tell in sorted(_schedule(now), key=lambda entry: entry[0]):
            tell(stage, at)
    return stage


def _schedule(now: datetime) -> list[tuple[datetime, Callable[[Stage, datetime], None]]]:
    timed = [(now - timedelta(days=days), tell) for days, tell in STORIES]
    return [*timed, (_received_for_today(now), cases_arabic.caption)]


def _received_for_today(now: datetime) -> datetime:
    """When a correction arrived whose decision is due today or, on a day without work, on the next day with work."""
    calendar, decide = clocks.calendar(), procedure_for("correction").decide
    candidates = [now - timedelta(days=days) for days in range(1, LONGEST_SEARCH)]
    today = now.astimezone(calendar.time_zone).date()
    return next(moment for moment in reversed(candidates) if ends_at(decide, calendar, moment).date() >= today)


def _publish(text: ArticleText, sections: dict[str, Section], staff: dict[str, StaffMember], now: datetime) -> Article:
    content = Content(
        title=text.title,
        standfirst=text.standfirst,
        body="".join(text.body),
        photo_id=store_photo(draw(text.picture)).pk,
        photo_alternative=text.alternative,
        caption=text.caption,
        credit=text.credit,
    )
    author = staff.get(text.author)
    return articles.publish(
        ArticleDraft(text.language, sections[text.section], content, [BylineDraft(text.byline, author)]),
        by=author,
        origin=Revision.Origin.NEWSROOM,
        published_at=now - timedelta(days=text.days_ago),
    )
