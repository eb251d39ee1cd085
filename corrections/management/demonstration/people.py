"""Who works in the demonstration newsroom, and its sections."""

from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from newsroom.models import Section, StaffMember
from newsroom.models.staff import Role

#: Printed at every start; the demonstration listens to this computer alone.
PASSWORD = "olive-tree-and-well"  # noqa: S105 - not a secret


class Person(NamedTuple):
    """Somebody who signs in."""

    username: str
    role: Role
    name: str
    language: str


STAFF = (
    Person("layla", Role.AUTHOR, "ليلى حداد", "ar"),
    Person("nour", Role.EDITOR, "نور س.", "ar"),
    Person("rami", Role.EDITOR, "رامي ك.", "en"),
    Person("salma", Role.STANDARDS_EDITOR, "سلمى ع.", "ar"),
    Person("karam", Role.ADMINISTRATOR, "كرم ن.", "ar"),
)

SECTIONS = (
    ("services", "خدمات", "Services"),
    ("society", "مجتمع", "Society"),
    ("economy", "اقتصاد", "Economy"),
    ("culture", "ثقافة", "Culture"),
)


def make_sections() -> dict[str, Section]:
    """Writes the sections; returns them by slug."""
    return {
        slug: Section.objects.create(slug=slug, name_ar=arabic, name_en=english, position=position)
        for position, (slug, arabic, english) in enumerate(SECTIONS)
    }


def make_staff() -> dict[str, StaffMember]:
    """Writes the accounts, all with the one printed password; returns them by username."""
    # Hashed once: it takes half a second on purpose, and is the same for all.
    password = make_password(PASSWORD)
    return {person.username: _make(person, password) for person in STAFF}


def _make(person: Person, password: str) -> StaffMember:
    return StaffMember.objects.create(
        username=person.username,
        password=password,
        email=f"{person.username}@example.org",
        display_name=person.name,
        role=person.role,
        language=person.language,
        is_staff=person.role == Role.ADMINISTRATOR,
    )
