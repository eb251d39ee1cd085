"""The administration of the newsroom: articles through their one writer, sections, staff, photos."""

from collections.abc import Sequence
from typing import Any, cast

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.administration import AdministratorsOnly
from newsroom.article_form import ArticleForm, WithdrawalForm
from newsroom.file_limits import takes_file
from newsroom.models import Article, Photo, Section, StaffChange, StaffMember
from newsroom.photos import LARGEST_FILE
from newsroom.queries import latest, members_for

# What the library of the second factor would show here, past the one writer of accounts; and Django's groups, which
# mean nothing beside the roles.
admin.site.unregister([Authenticator, EmailAddress, UserSession, Group])


@admin.register(Section)
class SectionAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Sections. One that somebody works for stays: an account without sections would see the cases of all."""

    list_display = ["name_ar", "name_en", "slug", "position"]

    def get_deleted_objects(self, objs: Sequence[Section] | QuerySet[Section], request: HttpRequest) -> Any:
        """What goes along, and what keeps the sections from being deleted; asked for one section and for many."""
        gone, counts, missing, protected = super().get_deleted_objects(objs, request)
        sentence = _("%(member)s works for the section “%(section)s”: choose other sections there first")
        named = [
            sentence % {"member": member, "section": section} for section in objs for member in members_for(section)
        ]
        return gone, counts, missing, [*protected, *named]


@admin.register(Photo)
class PhotoAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Photos come in with articles and never change."""

    may_add = may_change = may_delete = False
    list_display = ["digest", "width", "height"]


@admin.register(StaffMember)
class StaffMemberAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Accounts can be looked at; they are changed on the desk's page of the staff, through their one writer."""

    may_add = may_change = may_delete = False
    list_display = ["username", "display_name", "role", "is_active"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "display_name"]
    fields = ["username", "display_name", "email", "role", "language", "is_active", "last_login"]
    actions = None


@admin.register(StaffChange)
class StaffChangeAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """What was changed about accounts, to be read."""

    may_add = may_change = may_delete = False
    list_display = ["member", "change", "made_by", "made_at"]
    list_filter = ["change"]
    list_select_related = ["member", "made_by"]
    actions = None


@admin.register(Article)
class ArticleAdmin(AdministratorsOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs alone
    """Articles are written by newsroom.articles alone; this page only fills in its arguments."""

    may_delete = False
    form = ArticleForm
    actions = None
    list_display = ["title", "language", "section", "status", "latest", "published_at"]
    list_filter = ["language", "section", "status"]
    list_select_related = ["section"]
    change_form_template = "newsroom/administration/article.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request)
        return articles.annotate(headline=latest("title"))

    @admin.display(description=_("headline"))
    def title(self, article: Article) -> str:
        return str(article.headline)  # type: ignore[attr-defined]  # annotated by get_queryset

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        return [(None, {"fields": self.form.fields_for(obj)})]

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        return ArticleForm.for_article(obj, cast("StaffMember", request.user))

    @takes_file(lambda: LARGEST_FILE)
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, extra_context)

    @takes_file(lambda: LARGEST_FILE)
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """Publishes or revises; a form that has become stale was refused before (ArticleForm.clean)."""
        form.write(by=request.user, now=timezone.now())

    def get_urls(self) -> list[URLPattern]:
        withdraw = path(
            "<int:number>/withdraw/", self.admin_site.admin_view(self.withdraw), name="newsroom_article_withdraw"
        )
        return [withdraw, *super().get_urls()]

    def withdraw(self, request: HttpRequest, number: int) -> HttpResponse:
        """Asks for the reason, then (POST) withdraws the article; its address stays and shows the reason."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=number)
        form = WithdrawalForm(request.POST or None, initial={"expected_revision": article.latest})
        by = cast("StaffMember", request.user)
        if request.method == "POST" and form.is_valid() and form.withdraw(article, by=by, now=timezone.now()):
            return HttpResponseRedirect(reverse("admin:newsroom_article_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "form": form,
            "article": article,
            "title": _("Withdraw the article"),
        }
        return render(request, "newsroom/administration/withdraw.html", context)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]  # no log row
        """Nothing: the revision says who made it and when."""

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:  # type: ignore[override]  # no log row
        """Nothing: the revision says who made it and when."""
