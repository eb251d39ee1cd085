"""What somebody had written when their session ended: kept sealed in that session, which only the same person goes on
with (whoever else signs in empties it), for an hour; shown again in the form it came from, and never sent by itself."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve, reverse

from corrections.desk import sealed_notes
from newsroom.expired_forms import answer_when_expired
from newsroom.models import StaffMember

LIFETIME = timedelta(hours=1)
#: Code points of one form. More is shown to be copied.
MOST_CHARACTERS = 200_000
#: Pages whose form is sent to the address of the page; what is sent on a case's page stands on the case's page.
OWN_PAGES = frozenset(
    {"decide", "ask_statement", "working_week", "holidays", "procedure", "settings", "invite", "staff_member"}
)
_NAME = "unsent"


class Unsent(NamedTuple):
    """A form that was not sent: where it was sent to, the page on which it stands again, its fields."""

    path: str
    page: str
    fields: dict[str, list[str]]
    had_files: bool


def keep(request: HttpRequest, member: StaffMember, now: datetime) -> str:
    """Keeps the form that was sent; returns the address where it stands again. Empty, and nothing is kept, where it is
    too long, its page cannot be shown again, or the form was none of ours (a forged one must plant nothing)."""
    match = request.resolver_match
    if match is None or answer_when_expired(match.func) is None or not getattr(request, "csrf_processing_done", False):
        return ""
    fields = {name: [str(text) for text in texts] for name, texts in request.POST.lists() if _is_kept(name)}
    if sum(len(text) for texts in fields.values() for text in texts) > MOST_CHARACTERS:
        return ""
    page, query = _page_of(str(match.url_name), match.kwargs, request), request.META.get("QUERY_STRING", "")
    note = Unsent(request.path, page, fields, bool(request.FILES))
    sealed_notes.keep(request, _NAME, note, member, lasts=LIFETIME, now=now)
    return f"{page}?{query}" if query else page


def read(request: HttpRequest, member: StaffMember, now: datetime) -> Unsent | None:
    """What was kept for this person, if anything."""
    note = sealed_notes.read(request, _NAME, member, now)
    return Unsent(*note) if note else None


def forget(request: HttpRequest) -> None:
    """Forgets what was kept."""
    sealed_notes.forget(request, _NAME)


def instead(request: HttpRequest, member: StaffMember, now: datetime) -> HttpResponse | None:
    """The page with the kept form, where it is opened; None for every other page.

    A form that is sent from that page takes the place of what was kept, which is then forgotten.
    """
    if _NAME not in request.session or hasattr(request, "unsent"):
        return None
    note = read(request, member, now)
    if request.method in ("GET", "HEAD"):
        return show_again(request, note) if note and note.page == request.path else None
    if note is None or _is_sent_from(request, note):
        forget(request)
    return None


def show_again(request: HttpRequest, note: Unsent) -> HttpResponse:
    """The page that the form's own door shows for a form that came too late, filled in. Nothing is written."""
    match, method = resolve(note.path), request.method
    answer = answer_when_expired(match.func)
    if answer is None:
        return HttpResponseRedirect(reverse("desk:queue"))
    fields = QueryDict(mutable=True)
    for name, texts in note.fields.items():
        fields.setlist(name, texts)
    shown: Any = request
    shown.POST, shown.method, shown.unsent = fields, "POST", note
    try:
        response: Any = answer(request, **match.kwargs)
    finally:
        shown.method = method
    if response.status_code == 422:
        # Empty fields are no mistake of somebody who has not sent anything yet.
        response.status_code = 200
    return response  # type: ignore[no-any-return]


def _is_kept(name: str) -> bool:
    return name != "csrfmiddlewaretoken" and "password" not in name


def _page_of(name: str, numbers: dict[str, Any], request: HttpRequest) -> str:
    if name in OWN_PAGES:
        return request.path
    if "year" in numbers:
        return reverse("desk:case", args=[numbers["year"], numbers["sequence"]])
    return reverse("desk:unsent")


def _is_sent_from(request: HttpRequest, note: Unsent) -> bool:
    """Whether it is a form of the page on which the kept one stands; what scripts send by themselves is none."""
    match = request.resolver_match
    is_form = match is not None and answer_when_expired(match.func) is not None
    if match is None or not is_form or request.headers.get("Accept", "") == "application/json":
        return False
    return note.path == request.path or note.page == _page_of(str(match.url_name), match.kwargs, request)
