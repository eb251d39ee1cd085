"""Cases on the desk and the browsers of those who work on them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from corrections.domain import assignment
from corrections.models import Case
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import now
from tests.factories import as_actor, make_case


@pytest.fixture
def case(article: Article) -> Case:
    """A new correction of the Arabic article."""
    return make_case(article, now=now(), address="reader@example.org", wants_mail=True, name="أم سامر", credit="name")


@pytest.fixture
def case_in_review(case: Case, editor: StaffMember) -> Case:
    """A correction that the editor has taken."""
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=now())
    return case


@pytest.fixture
def complaint(article: Article) -> Case:
    """A complaint about the Arabic article."""
    return make_case(article, now=now(), kind="complaint", text="لم يُسأل أحد منا قبل النشر.")


@pytest.fixture
def desk(signed_in: Callable[[StaffMember], Client], editor: StaffMember) -> Client:
    """The editor's browser."""
    return signed_in(editor)


@pytest.fixture
def conflicted(signed_in: Callable[[StaffMember], Client], author: StaffMember) -> Client:
    """The browser of somebody who wrote the article and has since become an editor."""
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    return signed_in(author)


@pytest.fixture
def standards_desk(signed_in: Callable[[StaffMember], Client], standards_editor: StaffMember) -> Client:
    """The standards editor's browser."""
    return signed_in(standards_editor)


@pytest.fixture
def strict_desk(editor: StaffMember) -> Client:
    """The editor's browser with CSRF checked as in real life."""
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    return client  # type: ignore[no-any-return]
