import re
from datetime import timedelta
from typing import Any

from corrections.domain.opening import linked_case, open_with_link
from corrections.models import Case, Delivery, ReaderLink
from corrections.notifications.links import make_link, token_of
from tests.corrections.notifications.conftest import NOW, deliver_all


def test_a_token_has_at_least_128_bits_and_fits_into_a_path(case: Case) -> None:
    token = token_of(Delivery.objects.get(template="received"))
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)


def test_the_database_does_not_hold_the_token(case: Case) -> None:
    link = ReaderLink.objects.get()
    assert token_of(link.delivery) not in (link.token_hash, str(link.pk))


def test_two_deliveries_have_two_tokens(case: Case) -> None:
    one, other = Delivery.objects.all()
    assert token_of(one) != token_of(other)


def test_the_mailed_link_opens_the_readers_case_once(case: Case, mailoutbox: list[Any]) -> None:
    deliver_all()
    [letter] = [message for message in mailoutbox if message.to == ["reader@example.net"]]
    found = re.search(r"/ar/open/([^/]+)/", str(letter.body))
    assert found
    assert open_with_link(found[1], source="192.0.2.1", now=NOW) == case
    assert linked_case(found[1], NOW) is None


def test_a_link_ends_after_thirty_days(case: Case) -> None:
    token = token_of(Delivery.objects.get(template="received"))
    good = [linked_case(token, NOW + timedelta(days=days)) is not None for days in (0, 29, 30, 31)]
    assert good == [True, True, False, False]


def test_a_link_made_again_starts_anew(case: Case) -> None:
    delivery = Delivery.objects.get(template="received")
    ReaderLink.objects.update(spent_at=NOW)
    make_link(delivery, NOW + timedelta(days=40))
    assert linked_case(token_of(delivery), NOW + timedelta(days=69)) is not None
