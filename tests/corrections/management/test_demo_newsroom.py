import io
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from corrections.enums import Finding, Kind, NoticeKind, Status, WaitingOn
from corrections.management.demonstration import stage
from corrections.management.demonstration.pictures import draw
from corrections.management.demonstration.stage import NotOurs, fill, is_filled
from corrections.management.demonstration.texts import article_texts
from corrections.models import Case, Decision, Delivery, Event, Message, Notice
from newsroom.models import Article, Photo, Revision, StaffMember
from newsroom.models.staff import Role
from tests.factories import NOW, make_article

#: A day on which the desk works, in the late morning of Damascus.
WORKING_DAY = NOW + timedelta(days=7, hours=2)


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def demonstration(db: None, media: Path) -> None:
    fill(WORKING_DAY)


def test_there_are_articles_in_both_languages_with_everything_that_an_article_has(demonstration: None) -> None:
    languages = dict(Article.objects.values_list("language").annotate(Count("pk")))
    assert languages["ar"] >= 6
    assert languages["en"] >= 4
    for revision in Revision.objects.filter(number=1):
        parts = (revision.title, revision.standfirst, revision.caption, revision.credit, revision.photo_alternative)
        assert all(parts)
        assert revision.photo is not None
        assert len(revision.body) > 500
    assert not Article.objects.filter(bylines__isnull=True).exists()


def test_there_is_somebody_of_every_role(demonstration: None) -> None:
    assert set(StaffMember.objects.values_list("role", flat=True)) == set(Role)
    assert StaffMember.objects.filter(role=Role.EDITOR).count() == 2


def test_there_is_a_case_in_every_state_that_a_case_can_reach(demonstration: None) -> None:
    found = set(Case.objects.values_list("status", "waiting_on").distinct())
    expected = {(status.value, "") for status in Status} - {(Status.UNCONFIRMED, ""), (Status.WAITING, "")}
    waiting = {(Status.WAITING, WaitingOn.READER), (Status.WAITING, WaitingOn.SECOND_SIGNATURE)}
    assert found == expected | waiting
    assert set(Case.objects.values_list("kind", flat=True)) == set(Kind)
    assert set(Case.objects.values_list("language", flat=True)) == {"ar", "en"}


def test_one_decision_is_overdue_and_one_is_due_today(demonstration: None) -> None:
    running = Case.objects.filter(status__in=[Status.NEW, Status.IN_REVIEW])
    today = timezone.localtime(WORKING_DAY).date()
    due = [timezone.localtime(case.decision_due_at).date() for case in running]
    assert min(due) < today
    assert today in due


def test_decisions_and_notices_are_of_many_kinds(demonstration: None) -> None:
    findings = set(Decision.objects.filter(state=Decision.State.LIVE).values_list("finding", flat=True))
    assert {Finding.UPHELD, Finding.PARTLY_UPHELD, Finding.NOT_UPHELD, Finding.INADMISSIBLE} <= findings
    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {
        NoticeKind.CORRECTION,
        NoticeKind.CLARIFICATION,
        NoticeKind.UPDATE,
        NoticeKind.RIGHT_OF_REPLY,
        NoticeKind.RETRACTION,
    }


def test_nothing_happens_after_now_and_every_case_runs_forward(demonstration: None) -> None:
    for case in Case.objects.all():
        moments = list(Event.objects.filter(case=case).order_by("sequence").values_list("happened_at", flat=True))
        assert moments == sorted(moments)
        assert moments[-1] <= WORKING_DAY
    assert not Message.objects.filter(written_at__gt=WORKING_DAY).exists()


def test_numbers_follow_the_calendar(demonstration: None) -> None:
    received = list(Case.objects.order_by("year", "sequence").values_list("received_at", flat=True))
    assert received == sorted(received)


def test_the_mails_are_those_of_the_outbox(demonstration: None) -> None:
    assert Delivery.objects.filter(template="question").exists()
    assert Delivery.objects.filter(audience="reader", status="pending").count() > 10


@pytest.mark.parametrize("day", range(7))
@pytest.mark.parametrize("hour", [0, 13])
def test_it_can_be_filled_on_any_day_of_the_week_at_any_hour(db: None, media: Path, day: int, hour: int) -> None:
    now = NOW + timedelta(days=day, hours=hour)
    fill(now)
    assert not Event.objects.filter(happened_at__gt=now).exists()


def test_it_can_be_filled_on_the_first_of_january(db: None, media: Path) -> None:
    fill(datetime.fromisoformat("2026-01-01T08:00+00:00"))
    assert set(Case.objects.values_list("year", flat=True)) == {2025, 2026}


def test_a_run_that_breaks_off_leaves_nothing_behind(db: None, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*arguments: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(stage, "STORIES", (*stage.STORIES[:5], (0.0, break_off)))
        with pytest.raises(KeyboardInterrupt):
            fill(WORKING_DAY)
    assert (StaffMember.objects.count(), Article.objects.count(), Case.objects.count()) == (0, 0, 0)
    assert not is_filled()
    fill(WORKING_DAY)
    assert is_filled()


def test_a_database_of_another_newsroom_is_left_alone(db: None) -> None:
    make_article()
    with pytest.raises(NotOurs):
        is_filled()


def test_the_command_refuses_outside_the_demonstration(db: None) -> None:
    with pytest.raises(CommandError, match=r"This is not the demonstration: start it with `make run`\."):
        call_command("demo_newsroom")


def test_the_command_fills_once_and_says_how_to_get_in(
    db: None, settings: Settings, media: Path, client: Client
) -> None:
    settings.DEMO = True
    settings.ROOT_URLCONF = "tests.newsroom.config.urls_of_the_demonstration"
    outputs = [io.StringIO(), io.StringIO()]
    for output in outputs:
        call_command("demo_newsroom", stdout=output)
    first, second = (output.getvalue() for output in outputs)
    assert first == "Filling the demonstration newsroom, once …\n" + second
    addresses = [word for word in second.split() if word.startswith(settings.SITE_URL)]
    assert [client.get(urlsplit(address).path).status_code for address in addresses] == [
        *(200, 200, 200),
        *(302, 302),
        *(200, 200),
    ]
    assert client.login(username="salma", password="olive-tree-and-well")


@pytest.mark.parametrize("picture", sorted({text.picture for text in article_texts()}))
def test_every_drawing_is_drawn_the_same_each_time(picture: str) -> None:
    assert draw.__wrapped__(picture) == draw(picture)


def test_articles_share_their_stored_pictures(demonstration: None) -> None:
    assert Photo.objects.count() == len({text.picture for text in article_texts()})
