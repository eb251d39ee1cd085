"""What readers of The Example have sent, and how far each case has come."""

from datetime import datetime

from corrections.domain.proposal import Proposal
from corrections.enums import Finding, Ground, Remedy
from corrections.management.demonstration.story import Stage


def fuel_saved(stage: Stage, at: datetime) -> None:
    """A correction that was checked and declined."""
    story = stage.report(
        "bakeries-en",
        "fuel",
        at,
        "A third of the fuel is far too much for collectors of that size. It can be a tenth at best.",
        problem="fact",
        address="engineer@example.com",
    )
    story.claim("rami").ask("Do you have a measurement or a source that we can check?", "rami", hours=5)
    story.answer("No measurement, only my experience with water heaters.", 20)
    story.decide(
        Proposal(
            finding=Finding.NOT_UPHELD,
            remedy=Remedy.NONE,
            reason="The article gives the figure as the owners’ estimate, and their fuel bills, which we have seen, "
            "agree with it.",
        ),
        "rami",
    )


def northern_farms(stage: Stage, at: datetime) -> None:
    """A complaint upheld in part, with a clarification."""
    story = stage.report(
        "bus-en",
        "farms",
        at,
        "You make it sound as if the farms had never been asked. They were, and they said no to the late bus.",
        kind="complaint",
        clause_keys=("misleading",),
        relation="subject",
        address="farm@example.com",
        name="R. A.",
    )
    before = "said it would look at the matter again in spring."
    story.claim("salma").decide(
        Proposal(
            finding=Finding.PARTLY_UPHELD,
            remedy=Remedy.CLARIFICATION,
            reason="The headline is fair, but the text left out that the farms had been asked. A sentence now says so.",
            notice_text="A sentence has been added to make clear that the northern farms were asked beforehand.",
            clause_keys=("misleading",),
            content=story.revised(body=(before, f"{before} Farmers had been asked and had preferred an earlier bus.")),
        ),
        "salma",
        hours=22,
    )


def bread(stage: Stage, at: datetime) -> None:
    """A complaint not upheld, signed by a second editor."""
    stage.report(
        "bakeries-en",
        "bread",
        at,
        "This is an advertisement for the workshop that builds the collectors, and you do not say so.",
        kind="complaint",
        clause_keys=("interests",),
        relation="reader",
        address="critic@example.com",
    ).claim("salma").decide(
        Proposal(
            finding=Finding.NOT_UPHELD,
            remedy=Remedy.NONE,
            reason="The article does not name the workshop, nobody paid for it, and the reporter found the story.",
        ),
        "salma",
        hours=18,
    ).sign("nour", hours=5)


def forged_letter(stage: Stage, at: datetime) -> None:
    """An article that nothing is left of: withdrawn on a reader's correction, with a second signature."""
    story = stage.report(
        "meals-en",
        "letter",
        at,
        "The letter is not real. The education office changed its stamp last year, and the one in your picture is old.",
        problem="fact",
        sources="The office’s notice about its new stamp hangs at the entrance.",
        address="clerk@example.com",
        quoting="The letter carries the stamp of the district’s education office",
    )
    story.claim("rami", hours=2)
    story.decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.RETRACTION,
            reason="The education office has shown us that the letter is forged; without it nothing here holds.",
            notice_text="This article was withdrawn because the letter that it rests on is forged. The meals go on.",
        ),
        "rami",
        hours=5,
    ).sign("nour", hours=1)


def mill_stop(stage: Stage, at: datetime) -> None:
    """A complaint whose proposed decision a second editor did not sign: back in review."""
    stage.report(
        "clinic-en",
        "mill",
        at,
        "The picture has nothing to do with the clinic. It misleads people about where the van goes.",
        kind="complaint",
        clause_keys=("misleading",),
        relation="unsaid",
    ).claim("salma").decide(
        Proposal(
            finding=Finding.NOT_UPHELD,
            remedy=Remedy.NONE,
            reason="The caption says what the picture shows.",
        ),
        "salma",
        hours=6,
    ).refuse_signature("The caption was changed after the complaint. Please check what stood there before.", "rami")


def bus_driver(stage: Stage, at: datetime) -> None:
    """Inadmissible: not about anything we published."""
    stage.report(
        "bus-en",
        "driver",
        at,
        "The driver was rude to me yesterday evening and did not give me my change.",
        problem="other",
        address="passenger@example.com",
    ).claim("nour").decide(
        Proposal(
            finding=Finding.INADMISSIBLE,
            remedy=Remedy.NONE,
            ground=Ground.OUT_OF_SCOPE,
            reason="This is about the bus line, not about the article. The drivers’ association takes such complaints.",
        ),
        "nour",
        hours=2,
    )


def eleven_places(stage: Stage, at: datetime) -> None:
    """New, an additional detail, of this morning."""
    stage.report(
        "clinic-en",
        "places",
        at,
        "It would help to say that the van also carries medicine for chronic illness, but only if asked beforehand.",
        kind="addition",
        problem="missing",
        sources="The sheet that the team hands out.",
        quoting="the number of places on its round to eleven",
    )
