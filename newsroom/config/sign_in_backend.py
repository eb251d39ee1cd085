"""Who a session belongs to."""

from django.contrib.auth.backends import ModelBackend

from newsroom import second_factor
from newsroom.models import StaffMember


class StaffBackend(ModelBackend):
    """Django's, which reads with the person whether they have a second factor: no query more."""

    def get_user(self, user_id: int) -> StaffMember | None:
        found = second_factor.with_factor(StaffMember.objects.all()).filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
