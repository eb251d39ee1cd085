"""What a reader sends."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Submission:
    """What a reader sends, as it was typed; `submit` cleans and checks it.

    `submission_key` names the one intention to send (at least 128 unguessable bits): the same key never makes
    a second case. `form_age_seconds` is None where there was no form.
    """

    kind: str
    article_id: int
    language: str
    channel: str
    text: str
    submission_key: str
    revision_number: int | None = None
    #: Where in the article (domain.places.find_place), and the words that the reader would have there instead.
    place: str = ""
    proposed: str = ""
    problem: str = ""
    sources: str = ""
    remedy_sought: str = ""
    clause_keys: tuple[str, ...] = ()
    #: What a complainant asks for, as values of enums.Sought.
    sought: tuple[str, ...] = ()
    relation: str = ""
    credit: str = "none"
    wants_mail: bool = False
    name: str = ""
    address: str = ""
    honeypot: str = ""
    form_age_seconds: int | None = None
