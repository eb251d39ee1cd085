"""Several reports of one sending: a case each, one receipt for all of them."""

from django.db.models import Q

from corrections.models import Case


def sending_of(case: Case) -> list[Case]:
    """Everything that was sent together with a case, in the order of sending; mostly the case alone (one query)."""
    first = case.sent_with_id or case.pk
    return list(Case.objects.filter(Q(pk=first) | Q(sent_with=first)).order_by("pk"))
