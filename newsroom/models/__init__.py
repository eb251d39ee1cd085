"""What the newsroom publishes, who works there, and every version of every article."""

from newsroom.models.article import Article, Byline
from newsroom.models.guesses import Guesses
from newsroom.models.photo import Photo
from newsroom.models.revision import Revision
from newsroom.models.section import Section
from newsroom.models.staff import StaffMember
from newsroom.models.staff_change import Change, StaffChange

__all__ = ["Article", "Byline", "Change", "Guesses", "Photo", "Revision", "Section", "StaffChange", "StaffMember"]
