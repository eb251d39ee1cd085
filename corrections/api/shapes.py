"""The shapes of what comes in and goes out. Only shape: whether words are right is the domain's question.

What goes out is an allow-list; a new column never appears here by itself.
"""

from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from corrections.domain.faults import LONGEST_TEXT
from corrections.domain.reader_page import Line, ReaderPage
from corrections.enums import Credit, Finding, Ground, Kind, Move, Problem, Relation, Remedy, Severity, Sought
from corrections.models import Case, Decision, Event, Message, Notice
from corrections.work_choices import HoldReason
from newsroom.models import Article, Revision

#: Far beyond what the domain accepts, so that a text too long gets the domain's answer with the number to cut.
_ROOM = LONGEST_TEXT * 50


class ProblemFault(serializers.Serializer[Any]):
    field = serializers.CharField()
    message = serializers.CharField()


class ProblemShape(serializers.Serializer[Any]):
    """Something went wrong (RFC 9457). `type` is the contract; the sentences follow Accept-Language."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    faults = ProblemFault(many=True, required=False)
    expected_version = serializers.IntegerField(required=False, help_text="The version that the request named.")
    version = serializers.IntegerField(required=False, help_text="The version that the case has now.")
    number = serializers.CharField(required=False, help_text="The case that the same key has made before.")


def _text(**options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=_ROOM, allow_blank=True, default="", **options)


class SubmissionShape(serializers.Serializer[Any]):
    """A report as a program sends it in a reader's name."""

    kind = serializers.ChoiceField(Kind.choices)
    article = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    revision = serializers.IntegerField(min_value=1, max_value=2**31 - 1, required=False, allow_null=True)
    language = serializers.ChoiceField([("ar", "ar"), ("en", "en")])
    text = serializers.CharField(max_length=_ROOM, allow_blank=True)
    problem = serializers.ChoiceField(Problem.choices, required=False, allow_blank=True, default="")
    sources = _text()
    remedy_sought = _text()
    clauses = serializers.ListField(child=serializers.SlugField(), max_length=50, required=False, default=list)
    place = serializers.CharField(
        max_length=40,
        allow_blank=True,
        default="",
        help_text="Where in the revision: “2” (a paragraph), “2.51-3.7” (from paragraph 2, code point 51, to paragraph "
        "3, code point 7), “title”, “standfirst”, “photo”, “caption” or “credit”. Anything else: the whole article.",
    )
    proposed = _text(help_text="The words of the place as they should read.")
    relation = serializers.ChoiceField(Relation.choices, required=False, allow_blank=True, default="")
    sought = serializers.ListField(
        child=serializers.ChoiceField(Sought.choices), max_length=len(Sought), required=False, default=list
    )
    credit = serializers.ChoiceField(Credit.choices, required=False, default=Credit.NONE)
    name = serializers.CharField(max_length=1000, allow_blank=True, default="")
    address = serializers.CharField(
        max_length=1000, allow_blank=True, default="", help_text="E-mail address to answer to; none is needed."
    )


class ReceiptedShape(serializers.Serializer[Any]):
    number = serializers.CharField(source="case.number")
    receipt = serializers.CharField(help_text="The secret that opens the case; shown here only. 24 digits.")
    decision_expected_by = serializers.DateTimeField(source="case.decision_due_at")


class WriteShape(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=_ROOM, allow_blank=True)


class LineShape(serializers.Serializer[Line]):
    at = serializers.DateTimeField()
    text = serializers.CharField()
    from_reader = serializers.BooleanField()
    purpose = serializers.CharField()


class DecisionForReader(serializers.ModelSerializer[Decision]):
    class Meta:
        model = Decision
        fields = ["finding", "remedy", "reason", "reason_translation", "decided_at"]


class ReaderCaseShape(serializers.Serializer[ReaderPage]):
    """A case as its reader sees it."""

    number = serializers.CharField(source="case.number")
    kind = serializers.ChoiceField(Kind.choices, source="case.kind")
    article = serializers.IntegerField(source="case.article_id")
    title = serializers.CharField()
    stage = serializers.CharField()
    expected_by = serializers.DateTimeField(allow_null=True)
    waits_for_you = serializers.SerializerMethodField()
    timeline = LineShape(many=True)
    decision = DecisionForReader(allow_null=True)
    notice = serializers.IntegerField(source="notice.pk", allow_null=True, default=None)

    def get_waits_for_you(self, page: ReaderPage) -> bool:
        return page.question is not None


class ArticleShape(serializers.ModelSerializer[Article]):
    """An article in a list; `title` is the headline of its latest revision, empty for a withdrawn one."""

    title = serializers.CharField()
    section = serializers.SlugField(source="section.slug")

    class Meta:
        model = Article
        fields = ["id", "language", "section", "status", "title", "latest", "published_at", "revised_at"]


class RevisionShape(serializers.ModelSerializer[Revision]):
    class Meta:
        model = Revision
        fields = ["number", "change", "title", "standfirst", "body", "caption", "credit", "made_at"]


class NoticeShape(serializers.ModelSerializer[Notice]):
    title = serializers.CharField(help_text="Headline of the article; empty where it is withdrawn.")
    taken_back_at = serializers.DateTimeField(allow_null=True, help_text="When its decision was taken back, if it was.")

    class Meta:
        model = Notice
        fields = ["id", "article", "title", "kind", "language", "text", "prompted_by", "published_at", "taken_back_at"]


@dataclass(frozen=True)
class FullArticle:
    """One article with the words of its latest revision (None: withdrawn) and its notices."""

    article: Article
    revision: Revision | None
    notices: list[Notice]


class FullArticleShape(serializers.Serializer[FullArticle]):
    """An article with its words and notices; a withdrawn one has no words."""

    article = ArticleShape()
    revision = RevisionShape(allow_null=True)
    notices = NoticeShape(many=True)


class CaseRowShape(serializers.ModelSerializer[Case]):
    """A case in the desk's queue."""

    number = serializers.CharField()
    # Plain text like that of CaseShape: the description could not name two sets of words called "status".
    status = serializers.CharField()
    title = serializers.CharField(help_text="Headline of the article")
    similar = serializers.IntegerField()

    class Meta:
        model = Case
        fields = [
            "number",
            "version",
            "kind",
            "status",
            "waiting_on",
            "severity",
            "language",
            "article",
            "title",
            "summary",
            "assigned_to",
            "similar",
            "received_at",
            "decision_due_at",
        ]


class QueueShape(serializers.Serializer[Any]):
    total = serializers.IntegerField()
    #: The place behind which the next page begins; null on the last one.
    later = serializers.CharField(allow_null=True)
    counts = serializers.DictField(child=serializers.IntegerField())
    rows = CaseRowShape(many=True)


class MessageShape(serializers.ModelSerializer[Message]):
    text = serializers.CharField(source="words", help_text="Empty where the words were taken back.")

    class Meta:
        model = Message
        fields = ["purpose", "text", "written_at", "written_by", "taken_back_at"]


class EventShape(serializers.ModelSerializer[Event]):
    class Meta:
        model = Event
        fields = ["sequence", "happening", "actor_kind", "staff_member", "happened_at"]


class DecisionShape(serializers.ModelSerializer[Decision]):
    class Meta:
        model = Decision
        fields = [
            "state",
            "finding",
            "ground",
            "remedy",
            "reason",
            "reason_translation",
            "note",
            "notice_text",
            "decided_by",
            "decided_at",
            "signed_by",
            "signed_at",
        ]


class CaseShape(serializers.Serializer[Any]):
    """A case as the desk sees it; name and address never leave through here."""

    number = serializers.CharField(source="case.number")
    version = serializers.IntegerField(source="case.version")
    kind = serializers.CharField(source="case.kind")
    status = serializers.CharField(source="case.status")
    waiting_on = serializers.CharField(source="case.waiting_on")
    severity = serializers.CharField(source="case.severity")
    language = serializers.CharField(source="case.language")
    article = serializers.IntegerField(source="case.article_id")
    revision_seen = serializers.IntegerField(source="case.revision.number")
    title = serializers.CharField(source="case.title")
    assigned_to = serializers.IntegerField(source="case.assigned_to_id", allow_null=True)
    received_at = serializers.DateTimeField(source="case.received_at")
    decision_due_at = serializers.DateTimeField(source="case.decision_due_at")
    may = serializers.ListField(child=serializers.CharField())
    messages = MessageShape(many=True)
    events = EventShape(many=True)
    decision = DecisionShape(allow_null=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return {**super().to_representation(instance), "may": sorted(instance.may)}


class StepShape(serializers.Serializer[Any]):
    """A step on a case. `expected_version` is the version on which it was decided; a stale one is refused."""

    STEPS = (
        Move.CLAIM,
        Move.HOLD,
        Move.RELEASE,
        Move.ASK_READER,
        Move.RESUME,
        Move.CLOSE,
        Move.REOPEN,
        Move.SIGN,
        Move.REFUSE_SIGNATURE,
        Move.LINK_DUPLICATE,
        Move.UNLINK_DUPLICATE,
    )
    ACTIONS = ("note", "message", "assign", "severity", "undo")

    step = serializers.ChoiceField([*(step.value for step in STEPS), *ACTIONS])
    expected_version = serializers.IntegerField(min_value=1, max_value=2**31 - 2)
    text = serializers.CharField(
        max_length=_ROOM, allow_blank=True, default="", help_text="Question, note, message or reason."
    )
    assignee = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    severity = serializers.ChoiceField(Severity.choices, required=False, allow_blank=True, default="")
    hold_reason = serializers.ChoiceField(HoldReason.choices, required=False, allow_blank=True, default="")
    lead = serializers.RegexField(r"^\d{4}/\d{4,9}$", required=False, help_text="Number of the leading case.")
    undone = serializers.IntegerField(
        min_value=1, max_value=2**31 - 2, default=1, help_text="The event, by its `sequence`, that `undo` takes back."
    )


class ContentShape(serializers.Serializer[Any]):
    """The article as it is to be, made from its revision `made_from`; a later revision refuses it."""

    made_from = serializers.IntegerField(min_value=1, max_value=2**31 - 2)

    title = serializers.CharField(max_length=300)
    body = serializers.CharField(max_length=600_000)
    standfirst = serializers.CharField(max_length=5000, allow_blank=True, default="")
    caption = serializers.CharField(max_length=500, allow_blank=True, default="")
    credit = serializers.CharField(max_length=200, allow_blank=True, default="")


class ProposalShape(serializers.Serializer[Any]):
    expected_version = serializers.IntegerField(min_value=1, max_value=2**31 - 2)
    finding = serializers.ChoiceField(Finding.choices)
    remedy = serializers.ChoiceField(Remedy.choices)
    ground = serializers.ChoiceField(Ground.choices, required=False, allow_blank=True, default="")
    reason = serializers.CharField(max_length=_ROOM, allow_blank=True)
    reason_translation = _text()
    note = _text()
    clauses = serializers.ListField(child=serializers.SlugField(), max_length=50, required=False, default=list)
    notice_text = _text()
    content = ContentShape(required=False, allow_null=True, default=None)
