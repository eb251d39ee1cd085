"""What every door for machines has in common."""

from typing import ClassVar

from django.utils import timezone
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.views import APIView

from corrections.domain import abuse
from newsroom.network import client_address

LAST_PAGE = 10_000


class Door(APIView):
    """Spends the source's allowance before anything else."""

    allowance: ClassVar[abuse.Allowance]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        abuse.spend(self.allowance, client_address(request._request), timezone.now())
        super().initial(request, *args, **kwargs)


def page_number(request: Request) -> int:
    """The page asked for, 1 by default. Raises a validation problem for anything that is no page."""
    asked = request.query_params.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:9]) <= LAST_PAGE):
        raise exceptions.ValidationError({"page": f"1–{LAST_PAGE}"})
    return int(asked)
