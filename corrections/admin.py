"""The administration of the desk: clauses and keys are edited here; cases are only read."""

from datetime import timedelta
from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corrections import reply_form
from corrections.clause_form import WORDS, ClauseForm
from corrections.domain import api_tokens, code
from corrections.domain.access import actor_of, visible_cases
from corrections.models import (
    ApiToken,
    Case,
    Clause,
    Decision,
    Delivery,
    Event,
    Message,
    Notice,
    ReplyTemplate,
)
from corrections.reply_form import ReplyForm
from newsroom.administration import AdministratorsOnly
from newsroom.models import StaffMember


class ReadOnly(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Rows of a case, which only the domain writes. Like the desk, the administration hides complaints about an
    article from whoever worked on it; `case_path` leads from a row to its case."""

    may_add = may_change = may_delete = False
    case_path = "case"
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows of the cases that this administrator may see."""
        seen = Case.objects.filter(visible_cases(actor_of(cast("StaffMember", request.user))))
        rows: QuerySet[Any] = super().get_queryset(request).filter(**{f"{self.case_path}__in": seen})
        return rows


@admin.register(Case)
class CaseAdmin(ReadOnly):
    """A case can be looked at; its status changes on the desk alone."""

    case_path = "pk"

    list_display = ["number", "kind", "status", "severity", "received_at", "decision_due_at"]
    list_filter = ["kind", "status"]
    exclude = ["receipt_hash", "submission_hash", "content_hash"]


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ["case", "sequence", "happening", "actor_kind", "happened_at"]
    list_select_related = ["case"]


@admin.register(Message)
class MessageAdmin(ReadOnly):
    list_display = ["case", "purpose", "written_at"]
    list_select_related = ["case"]


@admin.register(Decision)
class DecisionAdmin(ReadOnly):
    list_display = ["case", "state", "finding", "remedy", "decided_at"]
    list_select_related = ["case"]


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    case_path = "decision__case"
    list_display = ["id", "article", "kind", "published_at"]
    list_select_related = ["article"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    case_path = "event__case"
    list_display = ["id", "event", "audience", "template", "status", "attempt", "fault"]
    list_select_related = ["event"]


@admin.register(Clause)
class ClauseAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """The code of ethics through its one writer: other words are a new version, and old versions are only read."""

    may_delete = False
    form = ClauseForm
    list_display = ["name_ar", "name_en", "key", "version", "part", "published_at", "retired_at"]
    list_filter = [("retired_at", admin.EmptyFieldListFilter), "part"]
    fields = ["key", "part", "position", *WORDS, "in_force"]
    actions = None

    def get_readonly_fields(self, request: HttpRequest, obj: Clause | None = None) -> list[str]:
        """The key ties the versions of a clause together, so it is given once."""
        return ["key"] if obj else []

    def has_change_permission(self, request: HttpRequest, obj: Clause | None = None) -> bool:
        """An earlier version is only shown. A form that became one meanwhile is answered by its own check, with
        everything typed."""
        is_earlier = obj is not None and request.method != "POST" and code.versions_of(obj.key)[0].pk != obj.pk
        return super().has_change_permission(request, obj) and not is_earlier

    def save_model(self, request: HttpRequest, obj: Clause, form: Any, change: bool) -> None:
        """Writes through the domain; what the administration goes on with is the newest version."""
        obj.pk = form.write(timezone.now()).pk


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Reply templates through their one writer. Deleting one takes nothing from what was sent with it."""

    form = ReplyForm
    list_display = ["name_ar", "name_en", "key", "use", "kind", "position", "is_offered"]
    list_filter = ["use", "kind", "is_offered"]
    fields = ["key", *reply_form.WORDS]

    def get_readonly_fields(self, request: HttpRequest, obj: ReplyTemplate | None = None) -> list[str]:
        """The key stands in addresses, so it is given once."""
        return ["key"] if obj else []

    def save_model(self, request: HttpRequest, obj: ReplyTemplate, form: Any, change: bool) -> None:
        """Writes through the domain."""
        obj.pk = form.write().pk


@admin.register(ApiToken)
class ApiTokenAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Keys are shown once, to whoever makes one for themselves; afterwards they can only be revoked. With a colleague's
    key one person could give both signatures, and read complaints about the own article."""

    may_delete = False
    list_display = ["name", "staff_member", "prefix", "may_write", "expires_at", "revoked_at"]
    list_select_related = ["staff_member"]
    fields = ["name", "may_write"]
    actions = ["revoke"]

    #: Days that a key lives.
    LIFETIME = 365

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False if obj else super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        """Makes the key through the domain and shows it this once."""
        now = timezone.now()
        row, key = api_tokens.issue(
            cast("StaffMember", request.user),
            name=obj.name,
            may_write=obj.may_write,
            expires_at=now + timedelta(days=self.LIFETIME),
            now=now,
        )
        obj.pk = row.pk
        messages.warning(request, _("The key, shown only now: %(key)s") % {"key": key})

    @admin.action(description=_("Revoke the chosen keys"))
    def revoke(self, request: HttpRequest, chosen: Any) -> None:
        for row in chosen:
            api_tokens.revoke(row, by=cast("StaffMember", request.user), now=timezone.now())

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # no log row
        """Nothing: the row says for whom and when."""
