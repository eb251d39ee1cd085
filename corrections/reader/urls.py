"""Addresses for readers, each below its language. None of them ever holds a receipt."""

from django.urls import path
from django.views.decorators.http import require_safe

from corrections.reader import (
    address,
    confirmation,
    entrance,
    feeds,
    files,
    following,
    leave,
    messages,
    my_case,
    policies,
    public_pages,
    review,
    solved,
    statement,
    submission,
)
from newsroom.views import public

app_name = "reader"

urlpatterns = [
    path("<int:number>/correction/", submission.correction, name="correction"),
    path("<int:number>/complaint/", submission.complaint, name="complaint"),
    path("<int:number>/follow/", following.follow, name="follow"),
    path("<int:number>/follow/asked/", following.asked, name="follow_asked"),
    path("follow/<str:token>/", following.confirm, name="confirm_follow"),
    path("unfollow/<str:token>/", following.unfollow, name="unfollow"),
    path("statement/<str:token>/", statement.statement, name="statement"),
    path("received/", confirmation.received, name="received"),
    path("received/saved/", confirmation.saved, name="saved"),
    path("received/code.txt", confirmation.receipt_text, name="receipt_text"),
    path("received/code.svg", confirmation.receipt_picture, name="receipt_picture"),
    path("leave/", leave.leave, name="leave"),
    path("case/", entrance.open_case, name="open_case"),
    path("open/<str:token>/", entrance.open_link, name="open_link"),
    path("my-case/", my_case.my_case, name="my_case"),
    path("my-case/turn/", my_case.turn, name="turn"),
    path("my-case/address/", address.change, name="address"),
    path("my-case/address/again/", address.ask_again, name="confirm_again"),
    path("my-case/review/", review.ask, name="review"),
    path("my-case/review/take-back/", review.take_back, name="take_review_back"),
    path("my-case/solved/", solved.say, name="solved"),
    path("my-case/messages.txt", messages.download, name="messages"),
    path("my-case/files/", files.files, name="files"),
    path("my-case/files/<int:year>/<int:sequence>/<int:position>/", files.download, name="file"),
    path("my-case/files/<int:year>/<int:sequence>/<int:position>/remove/", files.remove, name="remove_file"),
    path("my-case/write/", my_case.write, name="write"),
    path("my-case/withdraw/", my_case.withdraw, name="withdraw"),
    path("my-case/erase/", my_case.erase, name="erase"),
    path("my-case/end/", my_case.end, name="end"),
    path("corrections/", public_pages.notices, name="notices"),
    path("corrections/<int:number>/", public_pages.notice, name="notice"),
    path("corrections/feed.atom", require_safe(public(feeds.NoticesFeed())), name="notices_feed"),
    path("how-we-correct/", policies.promise, name="promise"),
    path("how-we-handle-complaints/", policies.procedure, name="complaints"),
    path("code-of-ethics/", policies.ethics, name="code"),
    path("code-of-ethics/<slug:key>/<int:version>/", policies.clause, name="clause"),
]
