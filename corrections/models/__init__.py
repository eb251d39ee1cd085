"""The desk's tables. Each has one writer in corrections.domain (or corrections.notifications for Delivery)."""

from corrections.models.attachment import Attachment
from corrections.models.budget import Budget, DayKey
from corrections.models.case import Case, CaseCounter
from corrections.models.clocks import CalendarChange, ProcedureDraft, ProcedureVersion, WorkingWeek
from corrections.models.decision import Decision
from corrections.models.delivery import Delivery
from corrections.models.desk import ApiToken, Clause, Holiday
from corrections.models.event import Event
from corrections.models.follower import Announcement, Follower
from corrections.models.identity import Identity
from corrections.models.job import Job, JobItem
from corrections.models.link import ReaderLink
from corrections.models.mention import Mention
from corrections.models.message import Message
from corrections.models.notice import Notice
from corrections.models.passage import Passage
from corrections.models.reply_template import ReplyTemplate
from corrections.models.saved_view import SavedView
from corrections.models.settings_version import SettingsVersion
from corrections.models.statement import Statement
from corrections.models.subscription import Digest, Subscription, ToldCase
from corrections.models.together import Draft, Presence

__all__ = [
    "Announcement",
    "ApiToken",
    "Attachment",
    "Budget",
    "CalendarChange",
    "Case",
    "CaseCounter",
    "Clause",
    "DayKey",
    "Decision",
    "Delivery",
    "Digest",
    "Draft",
    "Event",
    "Follower",
    "Holiday",
    "Identity",
    "Job",
    "JobItem",
    "Mention",
    "Message",
    "Notice",
    "Passage",
    "Presence",
    "ProcedureDraft",
    "ProcedureVersion",
    "ReaderLink",
    "ReplyTemplate",
    "SavedView",
    "SettingsVersion",
    "Statement",
    "Subscription",
    "ToldCase",
    "WorkingWeek",
]
