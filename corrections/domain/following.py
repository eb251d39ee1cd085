"""Following an article: a confirmed address is told of each notice on it, until one press ends that."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from corrections.domain import abuse, identity
from corrections.domain.confirmations import one_after_the_other
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.words import address_faults
from corrections.keys import sealer
from corrections.models import Follower
from corrections.notifications import links, outbox, restraint
from newsroom.models import Article
from newsroom.text import normalise_address

#: How long the mailed link confirms; whoever has not pressed its button by then is forgotten.
CONFIRMED_WITHIN = timedelta(days=7)
CONFIRMING_LETTER = "confirm_following"


class FollowerUnknown(Exception):
    """No following has this link any more."""


def ask(article: Article, typed: str, *, language: str, source: str, now: datetime) -> None:
    """Asks for an address to be told when an article is corrected.

    In order: checks the address; spends the source's allowance; in one transaction writes the follower (unless the
    address follows already) and the letter with the confirming link (unless the address got too many of them). Whoever
    asks learns nothing of whether the address follows already or got a letter: it may be somebody else's.
    Raises Refused, TooMany.
    """
    address = normalise_address(typed)
    refuse_if(_faults(address))
    abuse.spend(abuse.FOLLOW, source, now)
    with transaction.atomic():
        one_after_the_other(now)
        follower = _follower(article, address, language, now)
        mailbox = restraint.limit_hash(follower.address_sealed)
        if follower.confirmed_at is None and not restraint.got_too_many(mailbox, now):
            outbox.enqueue_to_follower(follower, CONFIRMING_LETTER, now)


def follower_of(token: str, now: datetime) -> Follower:
    """Who follows with this link, with the article; changes nothing. Raises FollowerUnknown."""
    found = _good(token, now).select_related("article").first()
    if found is None:
        raise FollowerUnknown
    return found


def confirm(token: str, now: datetime) -> Follower:
    """Confirms the address that the link was mailed to; a second press changes nothing. Raises FollowerUnknown."""
    found = follower_of(token, now)
    if _good(token, now).filter(confirmed_at=None).update(confirmed_at=now):
        found.confirmed_at = now
    return found


def end(token: str, now: datetime) -> None:
    """Ends a following and erases its address; letters not yet sent can no longer go out. Raises FollowerUnknown."""
    if not _end(_good(token, now), now):
        raise FollowerUnknown


def forget_unconfirmed(now: datetime) -> int:
    """Erases the addresses that nobody has confirmed in time; returns how many."""
    return _end(Follower.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRMED_WITHIN, ended_at=None), now)


def _faults(address: str) -> list[Fault]:
    return address_faults(address) if address else [Fault("address", _("Write the e-mail address"))]


def _follower(article: Article, address: str, language: str, now: datetime) -> Follower:
    address_hash = identity.address_hash(address)
    found = Follower.objects.filter(article=article, address_hash=address_hash, ended_at=None).first()
    if found and (found.confirmed_at or now - found.asked_at <= CONFIRMED_WITHIN):
        return found
    if found:
        _end(Follower.objects.filter(pk=found.pk), now)
    asked = Follower(
        article=article,
        language=language,
        address_sealed=sealer().seal(address),
        address_hash=address_hash,
        asked_at=now,
    )
    asked.token_hash = links.hash_of(links.follower_token(asked))
    asked.save()
    return asked


def _good(token: str, now: datetime) -> QuerySet[Follower]:
    asked_lately = Follower.objects.filter(token_hash=links.hash_of(token), ended_at=None)
    return asked_lately.exclude(confirmed_at=None, asked_at__lt=now - CONFIRMED_WITHIN)


def _end(followers: QuerySet[Follower], now: datetime) -> int:
    return followers.update(ended_at=now, address_sealed="", address_hash="")
