"""Tells the life of one case, step by step, through the same functions as every door, at past moments."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from corrections.domain import (
    access,
    assignment,
    confirmations,
    conversation,
    decisions,
    identity,
    intake,
    moves,
    opening,
    relations,
    withdrawal,
)
from corrections.domain.proposal import Proposal
from corrections.domain.submission import Submission
from corrections.keys import hashing_key
from corrections.models import Case
from corrections.receipts import derive_receipt
from corrections.rules import Actor
from newsroom.articles import Content, latest_revision
from newsroom.models import Article, StaffMember


@dataclass
class Stage:
    """The demonstration newsroom while it is being filled."""

    now: datetime
    staff: dict[str, StaffMember]
    articles: dict[str, Article]
    told: list["Story"] = field(default_factory=list)

    def report(self, article: str, story: str, at: datetime, text: str, /, quoting: str = "", **fields: Any) -> "Story":
        """A reader sends a report about the words it quotes, or about the whole article; `story` is what it is known by
        here, and the key of its receipt."""
        sender = f"192.0.2.{len(self.told) + 1}"
        chosen = self.articles[article]
        if quoting:
            fields["place"] = place_of(chosen, quoting)
        submission = Submission(
            kind=fields.pop("kind", "correction"),
            article_id=chosen.pk,
            language=chosen.language,
            channel="form",
            text=text,
            submission_key=key_of(story),
            wants_mail="address" in fields,
            form_age_seconds=140,
            **fields,
        )
        case = intake.submit(submission, source=sender, now=at).case
        confirmations.confirm(case, at)
        told = Story(self, case.pk, sender, at)
        self.told.append(told)
        return told


@dataclass
class Story:
    """One case. Each step happens `hours` after the one before, and never later than now."""

    stage: Stage
    case_id: int
    sender: str
    at: datetime

    @property
    def case(self) -> Case:
        found = opening.fetch_opened(self.case_id)
        if found is None:
            raise LookupError(f"case {self.case_id}")
        return found

    def claim(self, who: str, hours: float = 3) -> "Story":
        return self._step(assignment.claim, who, hours)

    def assign(self, to: str, who: str, hours: float = 1) -> "Story":
        return self._step(assignment.assign, who, hours, self.stage.staff[to])

    def sort(self, severity: str, who: str, hours: float = 0.1) -> "Story":
        return self._step(assignment.set_severity, who, hours, severity)

    def note(self, text: str, who: str, hours: float = 1) -> "Story":
        return self._step(conversation.add_note, who, hours, text)

    def ask(self, text: str, who: str, hours: float = 2) -> "Story":
        return self._step(conversation.ask_reader, who, hours, text)

    def tell(self, text: str, who: str, hours: float = 1) -> "Story":
        return self._step(conversation.write_to_reader, who, hours, text)

    def decide(self, proposal: Proposal, who: str, hours: float = 5) -> "Story":
        return self._step(decisions.decide, who, hours, proposal)

    def sign(self, who: str, hours: float = 4) -> "Story":
        return self._step(decisions.sign, who, hours)

    def refuse_signature(self, reason: str, who: str, hours: float = 4) -> "Story":
        return self._step(decisions.refuse_signature, who, hours, reason)

    def close(self, who: str, hours: float = 24) -> "Story":
        return self._step(moves.close, who, hours)

    def join(self, lead: "Story", who: str, hours: float = 2) -> "Story":
        return self._step(relations.link_duplicate, who, hours, lead.case)

    def reveal(self, reason: str, who: str, hours: float = 1) -> "Story":
        self._pass(hours)
        case = self.case
        identity.reveal(case, reason=reason, actor=self._actor(who), expected_version=case.version, now=self.at)
        return self

    def answer(self, text: str, hours: float = 6) -> "Story":
        """The reader opens the case and writes: an answer to the open question, or something to add."""
        self._pass(hours)
        case = self.case
        opening.mark_seen(case, self.at)
        key = f"{case.submission_hash} {case.version}"
        conversation.reader_writes(case, text, submission_key=key, source=self.sender, now=self.at)
        return self

    def withdraw(self, hours: float = 5) -> "Story":
        self._pass(hours)
        withdrawal.withdraw(self.case, now=self.at)
        return self

    def revised(self, **changes: tuple[str, str]) -> Content:
        """The article as it stands with words replaced: field=(words, other words)."""
        content = Content.of(latest_revision(self.case.article))
        fields = content.as_data()
        for name, (before, after) in changes.items():
            if before not in fields[name]:
                raise LookupError(f"{before!r} is not in the {name} of the article")
            fields[name] = fields[name].replace(before, after)
        return Content(**fields)

    def _step(self, function: Any, who: str, hours: float, *arguments: Any) -> "Story":
        self._pass(hours)
        case = self.case
        function(case, *arguments, actor=self._actor(who), expected_version=case.version, now=self.at)
        return self

    def _pass(self, hours: float) -> None:
        self.at = min(self.at + timedelta(hours=hours), self.stage.now)

    def _actor(self, who: str) -> Actor:
        return access.actor_of(self.stage.staff[who])


def place_of(article: Article, words: str) -> str:
    """Where these words stand in an article, as a form names places. Raises LookupError."""
    for number, text in enumerate(Content.of(latest_revision(article)).words()["body"], start=1):
        if words in text:
            start = text.index(words)
            return f"{number}.{start}-{number}.{start + len(words)}"
    raise LookupError(words)


def key_of(story: str) -> str:
    """The submission key of a story. Not a secret, as nothing in the demonstration is."""
    return f"the demonstration newsroom, story {story}"


def receipt_of(story: str) -> str:
    """The receipt of a story, the same at every start: 24 digits."""
    return derive_receipt(hashing_key(), key_of(story))
