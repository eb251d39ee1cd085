"""How a form about an article is shown: empty, filled in, with faults, expired, or as answers to check."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corrections import desk_settings
from corrections.domain import clocks, intake, places
from corrections.domain.abuse import TooMany
from corrections.domain.before_sending import known_of
from corrections.domain.places import Place
from corrections.domain.submission import Submission
from corrections.enums import Credit, Relation
from corrections.reader import check_answers, errors_together
from corrections.reader.flows import Flow, NeedsMending, submissions_of
from corrections.reader.form_tokens import fresh_token, returned_token
from corrections.reader.forms import ReportForm, number_of
from newsroom import queries
from newsroom.models import Article, Revision
from newsroom.text import isolated


@dataclass(frozen=True)
class FormPage:
    """The page of one form about one article, for one request."""

    request: HttpRequest
    article: Article
    flow: Flow

    def empty(self, now: datetime) -> HttpResponse:
        """The form as a reader first meets it."""
        asked = self.request.GET
        revision, place = places.shown(self.article, number_of(asked.get("revision", "")), asked.get("place", ""))
        first = {
            "form_token": fresh_token(self.flow.purpose, now),
            "revision": revision.number,
            "place": asked.get("place", "") if place else "",
            "proposed": place.exact if place else "",
            "reply": "mail",
            "credit": Credit.NONE,
            "relation": Relation.READER,
            "error": 1,
        }
        return self._form(self.flow.make_form(initial=first), QueryDict())

    def choosing(self, data: QueryDict) -> HttpResponse:
        """The places of the article to choose from; everything typed travels with the page."""
        revision, place = self._place(data)
        choices = [] if self.article.is_withdrawn else places.choices(revision)
        before = data.get("place", "")
        names = [name for name in (*self.flow.make_form().fields, errors_together.OTHERS) if name != "place"]
        context = {
            "kept": check_answers.kept_fields(data, names),
            "before": before,
            # Selected words are no choice by name; they stay chosen until another is.
            "selected": place if before not in [choice.value for choice in choices] else None,
            "choices": choices,
        }
        return self._render("corrections/reader/choose_place.html", context, HTTPStatus.OK)

    def placed(self, data: QueryDict) -> HttpResponse:
        """The form about the chosen place. Words that were proposed for another one stay."""
        changed = data.copy()
        before = places.shown(self.article, number_of(data.get("revision", "")), data.get("place_before", ""))[1]
        if places.proposed_words(before, data.get("proposed", "")) == "":
            place = self._place(data)[1]
            changed["proposed"] = place.exact if place else ""
        return self.filled(changed)

    def filled(self, data: QueryDict) -> HttpResponse:
        """The form with its answers, to be changed; nothing is called wrong yet."""
        initial = {
            name: values if name in ("clauses", "sought") else values[-1] for name, values in data.lists() if values
        }
        return self._form(self.flow.make_form(initial=initial), data)

    def with_faults(self, faulty: NeedsMending) -> HttpResponse:
        """The form with its answers and what has to be mended beside each."""
        form = self._bound(faulty.data)
        form.add_faults(faulty.faults)
        return self._form(form, faulty.data, HTTPStatus.UNPROCESSABLE_ENTITY)

    def expired(self, now: datetime) -> HttpResponse:
        """The page that was sent, with everything that was typed and a fresh token: pressing once more is enough."""
        data = self._again(self.request.POST, now)
        sentence = _("This page expired. Your text is still here; press send again")
        if data.get("step") == "send":
            token = returned_token(str(data["form_token"]), self.flow.purpose, now)
            with suppress(NeedsMending):
                if token:
                    submissions = submissions_of(self.flow, data, self.article, token)
                    return self.checked(data, submissions, HTTPStatus.FORBIDDEN, sentence)
        form = self._bound(data)
        form.add_error(None, sentence)
        return self._form(form, data, HTTPStatus.FORBIDDEN)

    def sent_before(
        self, submissions: Mapping[int, Submission], differs: intake.SubmissionDiffers, now: datetime
    ) -> HttpResponse:
        """The answers that came back changed after they were sent: sending them again makes a new report.

        What was sent before with the same words is left out, so that it is not sent twice.
        """
        data = self._again(self.request.POST, now)
        changed = {number: each for number, each in submissions.items() if not intake.has_arrived(each)}
        for number in submissions.keys() - changed.keys():
            data = errors_together.without(data, number)
        sentence = _(
            "This form was already received as report %(number)s. Press send again to send these words as a new report."
        )
        return self.checked(data, changed, HTTPStatus.CONFLICT, sentence % {"number": isolated(differs.case_number)})

    def too_many(self, submissions: Mapping[int, Submission], too_many: TooMany) -> HttpResponse:
        """The answers, and when they can be sent."""
        minutes = -(-too_many.retry_after_seconds // 60)
        sentence = ngettext(
            "Many messages came from this network. Try again in %(count)s minute",
            "Many messages came from this network. Try again in %(count)s minutes",
            minutes,
        )
        response = self.checked(
            self.request.POST, submissions, HTTPStatus.TOO_MANY_REQUESTS, sentence % {"count": minutes}
        )
        response["Retry-After"] = str(too_many.retry_after_seconds)
        return response

    def _again(self, data: QueryDict, now: datetime) -> QueryDict:
        fresh = data.copy()
        fresh["form_token"] = fresh_token(self.flow.purpose, now)
        return fresh

    def _bound(self, data: QueryDict) -> ReportForm:
        form = self.flow.make_form(data)
        form.is_valid()
        return form

    def _place(self, data: QueryDict) -> tuple[Revision, Place | None]:
        return places.shown(self.article, number_of(data.get("revision", "")), data.get("place", ""))

    def _form(self, form: ReportForm, data: QueryDict, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
        revision_number = number_of(str(form["revision"].value() or ""))
        revision, place = places.shown(self.article, revision_number, str(form["place"].value() or ""))
        others = errors_together.others_in(data) if self.flow.takes_several else []
        context = {
            "form": form,
            "place": place,
            "known": known_of(self.article, revision, place),
            "may_choose": not self.article.is_withdrawn,
            "others": others,
            "number": errors_together.number_in(data),
            "promise": clocks.promise_of(self.flow.kind),
            "kept_days": desk_settings.current().identity_kept_days,
        }
        return self._render(self.flow.template, context, status)

    def checked(
        self,
        data: QueryDict,
        submissions: Mapping[int, Submission],
        status: HTTPStatus = HTTPStatus.OK,
        problem: str = "",
    ) -> HttpResponse:
        """The answers as they would be kept, the ways to change them, and the button that sends them."""
        clean = {number: intake.check(submission) for number, submission in submissions.items()}
        names = [*self.flow.make_form().fields, errors_together.OTHERS]
        context = {
            "kept": check_answers.kept_fields(data, names),
            "parts": check_answers.to_check(clean, self.article),
            "shared": check_answers.shared_answers(next(iter(clean.values()))),
            "may_add": self.flow.takes_several and len(submissions) < errors_together.MOST,
            "problem": problem,
        }
        return self._render(self.flow.check_template, context, status)

    def _render(self, template: str, context: dict[str, Any], status: HTTPStatus) -> HttpResponse:
        about = {"article": self.article, "title": queries.shown_title_of(self.article)}
        return render(self.request, template, {**about, **context}, status=status)
