"""Run by `manage.py shell` on a newsroom: many cases whose readers can be written to; no letter of their arrival."""

from django.db import transaction
from django.utils import timezone

from corrections.models import Delivery, ReaderLink
from tests.factories import make_article, make_case


def main(count: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        articles = [make_article("ar") for _ in range(20)]
        for number in range(count):
            address = f"reader{number}@readers.example.net"
            make_case(articles[number % 20], now=now, address=address, wants_mail=True)
        ReaderLink.objects.all().delete()
        Delivery.objects.all().delete()
