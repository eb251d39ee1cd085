"""Addresses of the desk. Everything that changes something is a POST."""

from django.urls import path

from corrections.desk import (
    actions,
    bulk,
    decide,
    drafts,
    files,
    jobs,
    notices,
    presence,
    queue,
    shortcuts,
    statistics,
    view_mails,
    views,
)
from corrections.desk.account_urls import ACCOUNT_PATTERNS
from corrections.desk.case import show_case
from corrections.desk.sign_in import SignIn, SignOut, sign_in_again
from newsroom.expired_forms import when_expired

app_name = "desk"

_CASE = "cases/<int:year>/<int:sequence>/"

urlpatterns = [
    path("sign-in/", when_expired(sign_in_again)(SignIn.as_view()), name="sign_in"),
    path("sign-out/", SignOut.as_view(), name="sign_out"),
    *ACCOUNT_PATTERNS,
    path("", queue.show_queue, name="queue"),
    path("next/", queue.show_next, name="next"),
    path("previous/", queue.show_previous, name="previous"),
    path("arrivals/", queue.count_arrivals, name="arrivals"),
    path("views/", views.show_views, name="views"),
    path("views/save/", views.save, name="save_view"),
    path("views/<int:view>/rename/", views.rename, name="rename_view"),
    path("views/<int:view>/move/", views.move, name="move_view"),
    path("views/<int:view>/remove/", views.remove, name="remove_view"),
    path("views/<int:view>/mails/", view_mails.subscribe, name="subscribe"),
    path("views/end-mails/<str:token>/", view_mails.end_mails, name="end_mails"),
    path("presences/", presence.show_presences, name="presences"),
    path("shortcuts/", shortcuts.switch, name="shortcuts"),
    path("bulk/", bulk.choose, name="bulk"),
    path("bulk/preview/", bulk.preview, name="bulk_preview"),
    path("bulk/start/", bulk.start, name="bulk_start"),
    path("jobs/", jobs.show_jobs, name="jobs"),
    path("jobs/<int:number>/", jobs.show_job, name="job"),
    path("jobs/<int:number>/progress/", jobs.count_progress, name="job_progress"),
    path("jobs/<int:number>/cancel/", jobs.cancel, name="job_cancel"),
    path("statistics/", statistics.show, name="statistics"),
    path("statistics/figures.csv", statistics.figures_csv, name="figures_csv"),
    path("statistics/figures.json", statistics.figures_json, name="figures_json"),
    path("statistics/cases.csv", statistics.cases_csv, name="cases_csv"),
    path("statistics/statement/<int:year>/", statistics.show_statement, name="statement"),
    path("notices/", notices.show_notices, name="notices"),
    path("deliveries/", queue.show_failed_deliveries, name="deliveries"),
    path(_CASE, show_case, name="case"),
    path(f"{_CASE}decide/", decide.decide, name="decide"),
    path(f"{_CASE}claim/", actions.claim, name="claim"),
    path(f"{_CASE}assign/", actions.assign, name="assign"),
    path(f"{_CASE}ask/", actions.ask, name="ask"),
    path(f"{_CASE}message/", actions.message, name="message"),
    path(f"{_CASE}note/", actions.note, name="note"),
    path(f"{_CASE}severity/", actions.severity, name="severity"),
    path(f"{_CASE}kind/", actions.kind, name="kind"),
    path(f"{_CASE}hold/", actions.hold, name="hold"),
    path(f"{_CASE}release/", actions.release, name="release"),
    path(f"{_CASE}resume/", actions.resume, name="resume"),
    path(f"{_CASE}snooze/", actions.snooze, name="snooze"),
    path(f"{_CASE}wake/", actions.wake, name="wake"),
    path(f"{_CASE}close/", actions.close, name="close"),
    path(f"{_CASE}reopen/", actions.reopen, name="reopen"),
    path(f"{_CASE}extend/", actions.extend, name="extend"),
    path(f"{_CASE}duplicate/", actions.duplicate, name="duplicate"),
    path(f"{_CASE}unlink/", actions.unlink, name="unlink"),
    path(f"{_CASE}sign/", actions.sign, name="sign"),
    path(f"{_CASE}refuse/", actions.refuse, name="refuse"),
    path(f"{_CASE}reveal/", actions.reveal, name="reveal"),
    path(f"{_CASE}undo/", actions.undo, name="undo"),
    path(f"{_CASE}presence/", presence.be_here, name="presence"),
    path(f"{_CASE}drafts/<slug:form>/", drafts.keep, name="keep_draft"),
    path(f"{_CASE}drafts/<slug:form>/discard/", drafts.discard, name="discard_draft"),
    path(f"{_CASE}files/<int:position>/", files.download, name="file"),
    path(f"{_CASE}resend/<int:delivery>/", actions.resend, name="resend"),
]
