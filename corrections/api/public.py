"""For everybody: submit a case, follow it with its receipt, read articles and notices."""

import secrets
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from corrections.api.answers import answers
from corrections.api.authentication import ReceiptAuthentication, credential
from corrections.api.shapes import (
    ArticleShape,
    FullArticle,
    FullArticleShape,
    NoticeShape,
    ReaderCaseShape,
    ReceiptedShape,
    SubmissionShape,
    WriteShape,
)
from corrections.api.views import Door, page_number
from corrections.domain import abuse, conversation, intake, opening, register
from corrections.domain.reader_page import reader_page
from corrections.domain.submission import Submission
from corrections.enums import Channel, Kind
from corrections.models import Case
from newsroom import queries
from newsroom.network import client_address

#: Articles on one page of the list.
PAGE_SIZE = 50
#: An Idempotency-Key is a secret of the sender: the receipt is derived from it. A UUID has 36 characters.
SHORTEST_KEY, LONGEST_KEY = 22, 128

KEY_HEADER = OpenApiParameter(
    "Idempotency-Key",
    location=OpenApiParameter.HEADER,
    description=f"Random text of {SHORTEST_KEY} to {LONGEST_KEY} characters (a UUID). The same key with the same "
    "words never makes a second case; it returns the first one and its receipt.",
)


class Cases(Door):
    """Reports come in here."""

    allowance = abuse.API_WRITE

    @extend_schema(
        operation_id="submit_case",
        request=SubmissionShape,
        responses=answers({201: ReceiptedShape, 200: ReceiptedShape}, 404, 409, 422, takes_body=True),
        parameters=[KEY_HEADER],
    )
    def post(self, request: Request) -> Response:
        """Sends a report. 201 with number and receipt; 200 when the same key and words came before."""
        shape = SubmissionShape(data=request.data)
        shape.is_valid(raise_exception=True)
        receipted = intake.submit(
            _submission(shape.validated_data, _idempotency_key(request)),
            source=client_address(request._request),
            now=timezone.now(),
        )
        return Response(ReceiptedShape(receipted).data, status=201 if receipted.is_new else 200)


class MyCase(Door):
    """One's own case, with the receipt in the Authorization header (never in an address)."""

    allowance = abuse.API_READ
    authentication_classes = [ReceiptAuthentication]

    @extend_schema(operation_id="read_my_case", responses=answers({200: ReaderCaseShape}, 400, 401, 404))
    def get(self, request: Request) -> Response:
        """The case as its reader sees it."""
        return Response(ReaderCaseShape(reader_page(_opened(request))).data)

    @extend_schema(
        operation_id="write_to_my_case",
        request=WriteShape,
        responses=answers({201: ReaderCaseShape}, 401, 404, 409, 422, takes_body=True),
        parameters=[KEY_HEADER],
    )
    def post(self, request: Request) -> Response:
        """Answers the desk's question, or adds something."""
        shape = WriteShape(data=request.data)
        shape.is_valid(raise_exception=True)
        case = _opened(request)
        conversation.reader_writes(
            case,
            shape.validated_data["text"],
            submission_key=_idempotency_key(request),
            source=client_address(request._request),
            now=timezone.now(),
        )
        return Response(ReaderCaseShape(reader_page(_refreshed(case))).data, status=201)


class Articles(Door):
    """Published articles, newest first."""

    allowance = abuse.API_READ

    @extend_schema(
        operation_id="list_articles",
        responses=answers({200: ArticleShape(many=True)}, 400),
        parameters=[OpenApiParameter("language", str, enum=["ar", "en"]), OpenApiParameter("page", int)],
    )
    def get(self, request: Request) -> Response:
        """Fifty articles a page."""
        language, page = request.query_params.get("language", ""), page_number(request)
        river = queries.river(language, page=page, page_size=PAGE_SIZE)
        return Response(ArticleShape(river.articles if page == river.page else [], many=True).data)


class OneArticle(Door):
    """One article with the words of its latest revision; a withdrawn one has none."""

    allowance = abuse.API_READ

    @extend_schema(operation_id="read_article", responses=answers({200: FullArticleShape}, 404))
    def get(self, request: Request, number: int) -> Response:
        """The article, the words of its latest revision and its notices."""
        try:
            article, revision = queries.article_and_words(number)
        except queries.ArticleNotFound as error:
            raise intake.ArticleUnknown from error
        full = FullArticle(article, revision, register.notices_on(article.pk))
        return Response(FullArticleShape(full).data)


class Notices(Door):
    """The public register."""

    allowance = abuse.API_READ

    @extend_schema(
        operation_id="list_notices",
        responses=answers({200: NoticeShape(many=True)}, 400),
        parameters=[OpenApiParameter("language", str, enum=["ar", "en"]), OpenApiParameter("page", int)],
    )
    def get(self, request: Request) -> Response:
        """Fifty notices a page, newest first."""
        found = register.public_notices(request.query_params.get("language") or None, page_number(request))
        return Response(NoticeShape(found.notices, many=True).data)


class OneNotice(Door):
    allowance = abuse.API_READ

    @extend_schema(operation_id="read_notice", responses=answers({200: NoticeShape}, 404))
    def get(self, request: Request, number: int) -> Response:
        """One notice."""
        return Response(NoticeShape(register.notice(number)).data)


def _submission(data: dict[str, Any], key: str) -> Submission:
    is_complaint = data["kind"] == Kind.COMPLAINT
    return Submission(
        kind=data["kind"],
        article_id=data["article"],
        revision_number=data.get("revision"),
        language=data["language"],
        channel=Channel.INTERFACE,
        text=data["text"],
        place=data["place"],
        proposed=data["proposed"],
        submission_key=key,
        problem="" if is_complaint else data["problem"],
        sources=data["sources"],
        remedy_sought=data["remedy_sought"],
        clause_keys=tuple(data["clauses"]),
        relation=data["relation"],
        sought=tuple(data["sought"]),
        credit=data["credit"],
        wants_mail=bool(data["address"].strip()),
        name=data["name"],
        address=data["address"],
    )


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return secrets.token_urlsafe(32)
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        raise exceptions.ValidationError(
            {
                "Idempotency-Key": _("Give %(shortest)s to %(longest)s random characters.")
                % {"shortest": SHORTEST_KEY, "longest": LONGEST_KEY}
            }
        )
    return key


def _opened(request: Request) -> Case:
    typed = credential(request, "Receipt")
    if typed is None:
        raise exceptions.NotAuthenticated(_("Send the receipt in the Authorization header."))
    source = client_address(request._request)
    case = opening.find_case(typed, allowance=abuse.READ_CASE, source=source, now=timezone.now())
    return _refreshed(case)


def _refreshed(case: Case) -> Case:
    opened = opening.fetch_opened(case.pk)
    if opened is None:
        raise opening.ReceiptUnknown
    return opened
