"""Procedures to begin from, as data. Each says where its figures come from: `published` what public documents of the
body said when this was written, `assumed` what they leave open and was filled in here. Nobody's rules are quoted; a
newsroom bound by one of these bodies compares the figures with its current rules before it publishes them.

The bodies rule on complaints. Corrections and additions keep the small newsroom's clocks in every preset.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.translation import gettext_noop

from corrections.procedures import Clock, Office, Procedure, Unit


@dataclass(frozen=True)
class Preset:
    """A procedure for each kind of case (values of corrections.enums.Kind); the words are message ids."""

    name: str
    published: str
    assumed: str
    procedures: Mapping[str, Procedure]


def _working(days: int) -> Clock:
    return Clock(days, Unit.WORKING_DAYS)


def _calendar(days: int) -> Clock:
    return Clock(days, Unit.CALENDAR_DAYS)


_REPORTS = Procedure(
    decided_by=Office.DESK,
    acknowledge=_working(2),
    urgent_acknowledge=Clock(24, Unit.HOURS),
    statement=_working(3),
    decide=_working(5),
    answer_question=_calendar(10),
    extensions=1,
    extension=_working(5),
    appeal_window=_calendar(14),
    review=_working(5),
    reminder_before=_working(1),
    escalate_after=_working(2),
    second_signature_findings=frozenset(),
    second_signature_remedies=frozenset({"retraction", "takedown"}),
)
_COMPLAINTS = replace(_REPORTS, decided_by=Office.STANDARDS, second_signature_findings=frozenset({"not_upheld"}))


def _preset(name: str, published: str, assumed: str, complaints: Procedure) -> Preset:
    kinds = {"correction": _REPORTS, "addition": _REPORTS, "complaint": complaints}
    return Preset(name, published, assumed, MappingProxyType(kinds))


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        "small_newsroom": _preset(
            gettext_noop("Small newsroom"),
            gettext_noop("No outside rules: these are figures that a desk of a few people can keep."),
            gettext_noop("All of them."),
            _COMPLAINTS,
        ),
        # impress.press (complaint FAQs, regulation) and publishers' pages in its suggested wording: acknowledged within
        # 7 calendar days, final decision letter within 21; more time only where Impress grants it.
        "impress": _preset(
            gettext_noop("Impress"),
            gettext_noop("A complaint is acknowledged within 7 calendar days and decided within 21."),
            gettext_noop("The time for statements, for a review within the house and for reminders. One extension."),
            replace(
                _COMPLAINTS,
                acknowledge=_calendar(7),
                decide=_calendar(21),
                statement=_working(5),
                extension=_calendar(7),
                review=_calendar(21),
                reminder_before=_working(3),
            ),
        ),
        # ipso.co.uk (complaints process): IPSO takes over when the publisher's procedure has ended or after 28 days.
        "ipso": _preset(
            gettext_noop("IPSO member"),
            gettext_noop("IPSO takes a complaint over when the publisher has not settled it within 28 days."),
            gettext_noop("Everything else. No extension: the 28 days are not the publisher’s to lengthen."),
            replace(
                _COMPLAINTS,
                acknowledge=_working(5),
                decide=_calendar(28),
                statement=_working(5),
                extensions=0,
                review=_working(10),
                reminder_before=_working(3),
            ),
        ),
        # BBC Complaints Framework and Procedures (2020) and guides to it: stage 1a within 10 working days, stage 1b and
        # the way to stage 2 within 20 working days each; stage 2 takes 20 working days, up to 35 where it is complex.
        "bbc": _preset(
            gettext_noop("BBC-like"),
            gettext_noop("A first answer within 10 working days; 20 working days to ask for the next stage."),
            gettext_noop(
                "The two stages before the complaints unit are one decision here, and the unit’s 20 working days, or "
                "35, are the review. The time for statements and reminders."
            ),
            replace(
                _COMPLAINTS,
                acknowledge=_working(10),
                decide=_working(20),
                statement=_working(5),
                extension=_working(15),
                appeal_window=_working(20),
                review=_working(20),
                reminder_before=_working(3),
            ),
        ),
        # presserat.de, Beschwerdeordnung (2024): preliminary examination, objection to it, committees that meet a few
        # times a year. Its periods were not at hand when this was written.
        "presserat": _preset(
            gettext_noop("Presserat (German Press Council)"),
            gettext_noop(
                "A preliminary examination with a way to object, then a committee; the publication states its case."
            ),
            gettext_noop("All figures: three weeks for statements, and decisions once in a quarter."),
            replace(
                _COMPLAINTS,
                acknowledge=_calendar(14),
                statement=_calendar(21),
                decide=_calendar(90),
                answer_question=_calendar(21),
                extension=_calendar(90),
                review=_calendar(90),
                reminder_before=_working(10),
                escalate_after=_working(5),
            ),
        ),
        # almethaq-sy.org (complaints) and reports of 2021 on the adoption of the system: an independent complaints
        # committee, and a review committee of three whose decisions are final. No periods were found in public.
        "mithaq_sharaf": _preset(
            gettext_noop("Syrian media charter (Mithaq Sharaf)"),
            gettext_noop(
                "An independent complaints committee decides; a review committee looks at it once more, finally."
            ),
            gettext_noop("All figures."),
            replace(
                _COMPLAINTS,
                acknowledge=_working(3),
                statement=_working(7),
                decide=_working(20),
                extension=_working(10),
                review=_working(15),
                reminder_before=_working(3),
                second_signature_findings=frozenset({"not_upheld", "upheld", "partly_upheld"}),
            ),
        ),
    }
)
#: What a new site begins with.
SMALL_NEWSROOM: Mapping[str, Procedure] = PRESETS["small_newsroom"].procedures
