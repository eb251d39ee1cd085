"""Makes what tests need, through the same writers as the product."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from corrections.calendar import Week, week_data
from corrections.domain import intake
from corrections.domain.access import actor_of
from corrections.domain.intake import Receipted
from corrections.domain.procedures_in_force import in_force
from corrections.domain.submission import Submission
from corrections.models import Case, Identity, ProcedureVersion, WorkingWeek
from corrections.procedures import as_data
from corrections.rules import Actor
from newsroom import articles
from newsroom.articles import ArticleDraft, BylineDraft, Content
from newsroom.models import Article, Revision, Section, StaffMember

#: A Sunday morning in Damascus: the first working day of a week without holidays.
NOW = datetime(2025, 2, 16, 7, 0, tzinfo=UTC)

_numbers = itertools.count(1)

ARABIC = Content(
    title="عودة ضخ المياه إلى عين الزيتون",
    standfirst="ورشات البلدية أعادت تشغيل محطة الضخ الرئيسة.",
    body="<p>أعلنت البلدية عودة ضخ المياه إلى أحياء البلدة كافة.</p>"
    "<p>وقالت هدى العلي إن المحطة تخدم نحو 12,000 أسرة، وإن الضخ سيجري يومًا بعد يوم.</p>",
    caption="خزان المياه",
    credit="سامر نعمة",
)
ENGLISH = Content(
    title="Water pumping resumes in Ain al-Zaytoun",
    standfirst="Council crews have restarted the main station.",
    body="<p>The council said water was flowing again to every part of the town.</p>"
    "<p>Huda al-Ali said the station serves about 12,000 families.</p>",
    caption="The water tower",
    credit="Samer Nehme",
)


def make_section(slug: str = "services") -> Section:
    section, _made = Section.objects.get_or_create(slug=slug, defaults={"name_ar": "خدمات", "name_en": "Services"})
    return section


def make_staff(role: str, **fields: Any) -> StaffMember:
    number = next(_numbers)
    defaults: dict[str, Any] = {
        "username": f"{role}{number}",
        "display_name": f"{role.title()} {number}",
        "email": f"{role}{number}@example.org",
        "language": "ar",
    }
    member: StaffMember = StaffMember.objects.create_user(
        password="correct horse battery", role=role, **{**defaults, **fields}
    )
    return member


def make_article(
    language: str = "ar",
    *,
    by: StaffMember | None = None,
    byline: str = "ليلى حداد",
    published_at: datetime = NOW,
    content: Content | None = None,
    **fields: Any,
) -> Article:
    return articles.publish(
        ArticleDraft(
            language=language,
            section=fields.pop("section", None) or make_section(),
            content=content or (ARABIC if language == "ar" else ENGLISH),
            bylines=[BylineDraft(byline, by)],
            **fields,
        ),
        by=by,
        origin=Revision.Origin.NEWSROOM,
        published_at=published_at,
    )


def make_submission(article: Article, **fields: Any) -> Submission:
    """A correction without a name or an address, in the article's language."""
    defaults: dict[str, Any] = {
        "kind": "correction",
        "article_id": article.pk,
        "language": article.language,
        "channel": "form",
        "text": "عدد الأسر 1,200 وليس 12,000." if article.language == "ar" else "It is 1,200, not 12,000.",
        "problem": "fact",
        "submission_key": f"a key of the tests, number {next(_numbers)}",
        "form_age_seconds": 60,
    }
    if fields.get("kind") == "complaint":
        defaults |= {"problem": "", "clause_keys": ("fairness",), "relation": "reader"}
    return Submission(**{**defaults, **fields})


def submit(article: Article, *, now: datetime = NOW, confirmed: bool = True, **fields: Any) -> Receipted:
    """Sends a report; an address that it gives is confirmed at once unless the test says otherwise."""
    receipted = intake.submit(make_submission(article, **fields), source="192.0.2.7", now=now)
    if confirmed:
        Identity.objects.filter(case=receipted.case).exclude(address_sealed="").update(confirmed_at=now)
    return receipted


def make_case(article: Article, *, now: datetime = NOW, **fields: Any) -> Case:
    return submit(article, now=now, **fields).case


def put_in_force(*kinds: str, **changes: Any) -> None:
    """Publishes a procedure that differs in `changes` from the one in force, for each of the kinds (all by default)."""
    standing = in_force()
    for kind in kinds or standing:
        before = standing[kind]
        ProcedureVersion.objects.filter(pk=before.pk).update(retired_at=NOW)
        ProcedureVersion.objects.create(
            kind=kind, version=before.version + 1, data=as_data(replace(before.terms, **changes)), published_at=NOW
        )


def work_in(week: Week) -> None:
    """Gives the site another working week."""
    WorkingWeek.objects.update(shifts=week_data(week))


def as_actor(member: StaffMember) -> Actor:
    return actor_of(member)
