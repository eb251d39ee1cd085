"""Run by `manage.py shell` on a newsroom over PostgreSQL: accounts change while colleagues work; prints JSON."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection, connections, transaction
from django.utils import timezone

from corrections.domain import assignment, conversation, staff
from corrections.domain.cases import CaseChanged
from corrections.models import Case
from newsroom import staff as accounts
from newsroom.models import StaffMember
from newsroom.staff import Account
from tests.factories import as_actor, make_article, make_case, make_staff

#: How often an account is closed while a colleague works on its owner's cases, and on how many.
MEETINGS, CASES = 8, 12


def main() -> None:
    administrator, article = make_staff("administrator"), make_article("ar")
    make_staff("administrator")
    answers = {
        "taken_back": [_is_taken_back_beside_a_colleague(administrator, article) for _each in range(MEETINGS)],
        "written": _is_written_beside_a_locked_account(administrator, article),
    }
    print(json.dumps(answers))


def _is_taken_back_beside_a_colleague(administrator: StaffMember, article: Any) -> bool:
    """An account is closed while a colleague sorts its owner's cases: whether it is, and no case stays with it."""
    owner, colleague = make_staff("editor"), make_staff("editor")
    cases = [_claimed(article, owner) for _each in range(CASES)]
    together = threading.Barrier(2)

    def sort() -> None:
        together.wait()
        try:
            # From the last on, so that both meet in the middle.
            for case in reversed(cases):
                _serious(case, colleague)
        finally:
            connections.close_all()

    def close() -> None:
        together.wait()
        try:
            staff.deactivate(owner, by=administrator, now=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        ended = [threads.submit(act) for act in (sort, close)]
    owner.refresh_from_db()
    fine = all(each.exception() is None for each in ended)
    return fine and not owner.is_active and not Case.objects.filter(assigned_to=owner).exists()


def _is_written_beside_a_locked_account(administrator: StaffMember, article: Any) -> bool:
    """Whether an administrator's note on a case is written while another's change of an account is not yet over."""
    editor = make_staff("editor")
    case = make_case(article)

    def note() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            act: Any = {"actor": as_actor(administrator), "expected_version": case.version, "now": timezone.now()}
            conversation.add_note(case, "ملاحظة", **act)

    def write() -> None:
        try:
            note()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        account = Account(editor.display_name, editor.email, "author", "ar")
        other = StaffMember.objects.filter(role="administrator").exclude(pk=administrator.pk).latest("pk")
        accounts.change(editor, account, seen=0, by=other, now=timezone.now())
        return thread.submit(write).exception() is None


def _claimed(article: Any, owner: StaffMember) -> Case:
    case = make_case(article)
    assignment.claim(case, actor=as_actor(owner), expected_version=case.version, now=timezone.now())
    return case


def _serious(case: Case, colleague: StaffMember) -> None:
    try:
        actor = as_actor(colleague)
        assignment.set_severity(case, "serious", actor=actor, expected_version=case.version, now=timezone.now())
    except CaseChanged:
        """The case went back to nobody first."""


main()
