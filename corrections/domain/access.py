"""Fetching a case is the permission check: whoever may not see it gets "not found"."""

from collections.abc import Callable

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from corrections.domain.clocks import calendar_listed
from corrections.domain.code import clauses_listed
from corrections.domain.procedures_in_force import standards_decide
from corrections.enums import Kind, WaitingOn
from corrections.models import Case, Decision, Notice
from corrections.rules import Actor, CaseFacts, may_see_case
from newsroom.makers import made_by, makers_of, makers_through, read_makers
from newsroom.models import Article, StaffMember
from newsroom.models.staff import Role
from newsroom.queries import latest

#: Beyond this no sequence was ever given; asking the database with a larger number is an error of its own.
LARGEST_NUMBER = 2**31 - 1


class CaseNotFound(Exception):
    """There is no such case for this person."""


class NotAllowed(Exception):
    """The rules do not let this person do this on this case."""


def actor_of(member: StaffMember) -> Actor:
    """A signed-in staff member as the rules see them; an inactive account has no role."""
    return Actor(member.pk, member.role if member.is_active else "", frozenset(member.section_ids))


def facts_of(case: Case) -> CaseFacts:
    """What the rules need of a case: four queries at most (who worked on the article, proposed, decided first; its
    procedure, where it was not fetched along)."""
    proposed_by = None
    if case.waiting_on == WaitingOn.SECOND_SIGNATURE:
        proposed = Decision.objects.filter(case=case, state=Decision.State.PROPOSED)
        proposed_by = proposed.values_list("decided_by", flat=True).first()
    makers, first = makers_of(case.article_id).staff_ids, Decision.decided_first(case)
    section, for_the_office = case.article.section_id, standards_decide(case)
    return CaseFacts(Kind(case.kind), makers, proposed_by, first, section, for_the_office, case.was_complaint)


def fetch_case(actor: Actor, year: int, sequence: int) -> Case:
    """The case with its article, section, revision, assignee, identity and lead (one query).

    Besides, it carries for the page that comes next `title` (headline of the latest revision), `notice_count`, `makers`
    and what code.read_clauses and clocks.read_calendar read. Raises CaseNotFound when there is none or the person may
    not see it: the two look the same.
    """
    if not (0 < year <= LARGEST_NUMBER and 0 < sequence <= LARGEST_NUMBER):
        raise CaseNotFound
    case = (
        with_title(Case.objects.filter(year=year, sequence=sequence))
        .select_related(
            "article__section", "revision", "assigned_to", "identity", "lead", "passage", "procedure_version"
        )
        .annotate(
            notice_count=_number_of_notices(),
            clauses_listed=clauses_listed(Case, "case"),
            **calendar_listed(),
            **makers_through("article"),
        )
        .first()
    )
    if case is None:
        raise CaseNotFound
    makers = read_makers(case)
    section, was_complaint = case.article.section_id, case.was_complaint
    facts = CaseFacts(Kind(case.kind), makers.staff_ids, section=section, was_complaint=was_complaint)
    if not may_see_case(actor, facts):
        raise CaseNotFound
    case.makers = makers  # type: ignore[attr-defined]  # no column
    return case


def with_title(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with `title`, the headline of the latest revision of their article."""
    return cases.annotate(title=latest("title", through="article"))


def _number_of_notices() -> Coalesce:
    standing = Notice.objects.exclude(decision__state=Decision.State.TAKEN_BACK)
    of_article = standing.filter(article=OuterRef("article")).order_by().values("article")
    return Coalesce(Subquery(of_article.annotate(number_of=Count("pk")).values("number_of")), 0)


def own_articles(actor: Actor) -> QuerySet[Article]:
    """The filter form of rules.has_conflict: the articles that this person wrote or edited."""
    return Article.objects.filter(made_by(actor.staff_id, "pk")).order_by()


def visible_cases(actor: Actor) -> Q:
    """The filter form of rules.may_see_case, for lists: the cases of one's sections, without what is or ever was a
    complaint about one's own work."""
    in_sections = Q(article__section__in=actor.sections) if actor.sections else Q()
    return in_sections & ~(Q(was_complaint=True) & made_by(actor.staff_id, "article"))


def of_visible_cases(actor: Actor) -> Q:
    """The same for rows that belong to a case, such as events and decisions.

    Named are the few cases that are left out, not the many that are seen: the cases themselves are not read for it.
    """
    in_sections = Q(case__article__section__in=actor.sections) if actor.sections else Q()
    hidden = Case.objects.filter(Q(was_complaint=True) & made_by(actor.staff_id, "article"))
    return in_sections & ~Q(case__in=hidden.order_by().values("pk"))


def require(allowed: Callable[..., bool], *arguments: object) -> None:
    """Raises NotAllowed unless the rule says yes."""
    if not allowed(*arguments):
        raise NotAllowed(allowed.__name__)


def desk_staff() -> QuerySet[StaffMember]:
    """Everybody active who works on the desk, by name."""
    roles = [Role.EDITOR, Role.STANDARDS_EDITOR, Role.ADMINISTRATOR]
    return StaffMember.objects.filter(is_active=True, role__in=roles).order_by("display_name", "pk")


def desk_members() -> list[StaffMember]:
    """Everybody active who works on the desk, by name (one query)."""
    return list(desk_staff())
