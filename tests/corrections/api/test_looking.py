"""Looking at something writes nothing, at the doors that count who looks how often."""

from collections.abc import Callable

from django.apps import apps
from django.test import Client
from django.utils import timezone

from corrections.domain import staff
from corrections.models import Delivery
from corrections.notifications import links
from newsroom.models import Article, StaffMember
from newsroom.staff import Account
from tests.factories import submit

Key = Callable[..., str]


def contents() -> dict[str, int]:
    """What every table of ours holds, as one number each."""
    models = [*apps.get_app_config("newsroom").get_models(), *apps.get_app_config("corrections").get_models()]
    return {
        model._meta.label: hash(repr(list(model._default_manager.order_by("pk").values_list()))) for model in models
    }


def test_looking_writes_nothing_but_the_counters_of_the_limits(
    key_of: Key, administrator: StaffMember, article: Article
) -> None:
    receipted = submit(article, now=timezone.now())
    guest = staff.invite(
        "hala", Account("Hala", "hala@example.org", "editor", "ar"), by=administrator, now=timezone.now()
    )
    mail = Delivery.objects.get(staff_member=guest)
    key, case = key_of(administrator), receipted.case
    looks = [
        ("/api/v1/my-case/", f"Receipt {receipted.receipt}"),
        *((f"/api/v1/{path}", "") for path in ("articles/", f"articles/{article.pk}/", "notices/", "schema/")),
        ("/api/v1/desk/cases/", f"Bearer {key}"),
        (f"/api/v1/desk/cases/{case.year}/{case.sequence}/", f"Bearer {key}"),
        (f"/ar/desk/join/{mail.pk}/{links.staff_token(mail, guest)}/", ""),
    ]
    for address, credential in looks:
        before = contents()
        answer = Client().get(address, headers={"Authorization": credential} if credential else {})
        after = contents()
        assert answer.status_code == 200, address
        written = {label for label in before if before[label] != after[label]}
        assert written <= {"corrections.Budget", "corrections.DayKey", "corrections.ApiToken"}, address
        assert "corrections.ApiToken" not in written or credential.startswith("Bearer"), address
