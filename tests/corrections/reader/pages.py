"""How the tests use the readers' forms: as a browser does, with the hidden fields of the page."""

import re
from dataclasses import replace
from html import unescape
from typing import Any
from urllib.parse import quote_plus

from django.test import Client

from corrections.domain import assignment, conversation, decisions
from corrections.domain.intake import Receipted
from corrections.domain.proposal import Proposal
from corrections.models import Case, Notice
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_fields(html: str) -> dict[str, str]:
    """The hidden fields of a page's forms, the CSRF token among them."""
    return dict(HIDDEN.findall(html))


def fill_correction(client: Client, path: str, **answers: Any) -> dict[str, Any]:
    """The fields of the correction form as a reader would send them."""
    page = client.get(path).content.decode()
    return {
        **hidden_fields(page),
        "problem": "fact",
        "text": "عدد الأسر 1,200 وليس 12,000.",
        "sources": "",
        "reply": "receipt",
        "address": "",
        "credit": "none",
        "name": "",
        "website": "",
        "step": "send",
        **answers,
    }


def receipt_in(html: str) -> list[str]:
    """The groups of the receipt on a confirmation page."""
    return re.findall(r"<span>(\d+)</span>", html.split('id="receipt">')[1].split("</p>", maxsplit=1)[0])


def faults_in(html: str) -> list[str]:
    """The sentences of the error summary."""
    summary = re.search(r'<div class="err-box".*?<ul[^>]*>(.*?)</ul>', html, re.DOTALL)
    return (
        [unescape(text) for text in re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", summary[1])] if summary else []
    )


def post_raw(client: Client, path: str, fields: dict[str, Any], **raw: bytes) -> Any:
    """Sends a form in which some fields are bytes that are no text."""
    words = [f"{name}={quote_plus(str(value))}" for name, value in fields.items() if name not in raw]
    bytes_ = [name + "=" + "".join(f"%{byte:02X}" for byte in value) for name, value in raw.items()]
    body = "&".join([*words, *bytes_])
    answer: Any = client.post(path, body, content_type="application/x-www-form-urlencoded")
    return answer


def press(client: Client, page: str, path: str, **answers: Any) -> Any:
    """Sends a form of a page with its hidden fields."""
    answer: Any = client.post(path, {**hidden_fields(client.get(page).content.decode()), **answers})
    return answer


def open_case(client: Client, receipted: Receipted, language: str = "ar") -> Any:
    """Opens a case by typing its receipt."""
    return press(client, f"/{language}/case/", f"/{language}/case/", receipt=receipted.receipt)


def take_up(case: Case, editor: StaffMember) -> None:
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=NOW)


def ask(case: Case, editor: StaffMember, question: str) -> None:
    conversation.ask_reader(case, question, actor=as_actor(editor), expected_version=case.version, now=NOW)


def correct(
    article: Article, editor: StaffMember, wrong: str, right: str, *, case: Case | None = None, **changed: Any
) -> Notice:
    """Corrects an article through the desk, its text and what else is `changed`; gives the notice on it."""
    case = case or make_case(article)
    take_up(case, editor)
    case.article.refresh_from_db()
    current = Content.of(articles.latest_revision(case.article))
    content = replace(current, body=current.body.replace(wrong, right), **changed)
    proposal = Proposal("upheld", "correction", "reason", notice_text=f"{wrong} / {right}", content=content)
    decision = decisions.decide(case, proposal, actor=as_actor(editor), expected_version=case.version, now=NOW)
    return Notice.objects.get(decision=decision)
