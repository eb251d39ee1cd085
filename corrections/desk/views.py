"""Saved views: made from the filters of the list, renamed, put in order, removed."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from corrections.desk.access import clock, desk_only
from corrections.desk.addresses import other_language_url
from corrections.desk.refusals import expired_sentence, sentence_of, status_of
from corrections.desk.view_forms import RenameForm, SaveForm
from corrections.desk.view_words import words_of
from corrections.desk.walking import address_of, filters_in
from corrections.domain import saved_views
from corrections.domain.access import NotAllowed, desk_members
from corrections.domain.faults import Refused
from corrections.domain.saved_views import ViewUnknown, filters_of, views_of
from corrections.domain.subscriptions import rhythms_of
from corrections.models import SavedView, Subscription
from corrections.rules import Actor, may_share_views
from newsroom.expired_forms import when_expired
from newsroom.models import StaffMember
from newsroom.privacy import View
from newsroom.queries import sections

Act = Callable[[Actor, int, QueryDict], None]


@require_safe
@desk_only
def show_views(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own views and the shared ones, with everything that can be done with them."""
    return views_page(request, actor)


@desk_only
def _save(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = SaveForm(request.POST, may_share=may_share_views(actor))
    filters = filters_in(QueryDict(request.POST.get("filters", "")))
    try:
        saved_views.save_view(
            actor, request.POST.get("name", ""), filters, shared="shared" in request.POST, now=clock()
        )
    except (Refused, NotAllowed) as error:
        form.add_faults(error)
        return views_page(request, actor, status=status_of(error), form=form, problem=sentence_of(error))
    return HttpResponseRedirect(f"{reverse('desk:queue')}?{address_of(filters)}")


def _change(act: Act) -> View:
    """A view that changes a saved view and leads back to all of them."""

    @desk_only
    def change(request: HttpRequest, actor: Actor, view: int) -> HttpResponse:
        form = RenameForm(request.POST, view=view)
        try:
            act(actor, view, request.POST)
        except ViewUnknown as error:
            raise Http404 from error
        except (Refused, NotAllowed) as error:
            form.add_faults(error)
            return views_page(request, actor, status=status_of(error), refused=form, problem=sentence_of(error))
        return HttpResponseRedirect(reverse("desk:views"))

    return when_expired(_expired)(require_POST(change))


@desk_only
def _expired(request: HttpRequest, actor: Actor, view: int = 0) -> HttpResponse:
    forms: dict[str, Any] = {"refused": RenameForm(request.POST, view=view)} if view else {}
    if not view:
        forms = {"form": SaveForm(request.POST, may_share=may_share_views(actor))}
    return views_page(request, actor, problem=expired_sentence(), **forms)


def _move(actor: Actor, view: int, posted: QueryDict) -> None:
    saved_views.move_view(actor, view, down=posted.get("step") == "down")


save = when_expired(_expired)(require_POST(_save))
rename = _change(lambda actor, view, posted: saved_views.rename_view(actor, view, posted.get("name", "")))
move = _change(_move)
remove = _change(lambda actor, view, posted: saved_views.remove_view(actor, view, now=clock()))


def views_page(
    request: HttpRequest,
    actor: Actor,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    form: SaveForm | None = None,
    refused: RenameForm | None = None,
    rhythm_faults: Mapping[int, str] = MappingProxyType({}),
    problem: str = "",
) -> HttpResponse:
    """The page of all views, also as the answer to what could not be taken; with what is wrong beside its field."""
    names = {section.slug: section for section in sections()}
    rhythms, members = rhythms_of(actor), desk_members()
    rows = [
        {
            **_row(view, refused, names, members),
            "rhythm": rhythms.get(view.pk, ""),
            "rhythm_fault": rhythm_faults.get(view.pk, ""),
        }
        for view in views_of(actor)
    ]
    context = {
        "place": "views",
        "other_language_url": other_language_url(reverse("desk:views")),
        "form": form or refused,
        "save_form": form,
        "problem": problem,
        "has_faults": bool(rhythm_faults),
        "set_for": request.GET.get("set", ""),
        "rhythms": Subscription.Rhythm.choices,
        "may_share": may_share_views(actor),
        "own": [row for row in rows if not row["view"].is_shared],
        "shared": [row for row in rows if row["view"].is_shared],
    }
    return render(request, "corrections/desk/views.html", context, status=status)


def _row(
    view: SavedView, refused: RenameForm | None, names: dict[str, Any], members: list[StaffMember]
) -> dict[str, Any]:
    is_refused = refused is not None and refused.view == view.pk
    return {
        "view": view,
        "address": address_of(filters_of(view)),
        "words": words_of(filters_of(view), names, members),
        "form": refused if is_refused else RenameForm(initial={"name": view.name}, view=view.pk),
    }
