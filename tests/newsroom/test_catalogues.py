"""Catalogues: compiling, finding messages, keeping in step, and the Levantine overlay."""

import gettext
import io
import os
from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP

from newsroom import catalogues
from newsroom.catalogues import Key, Message, Use

HEADER = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=6; plural=n%6;\\n"

"""
LEVANTINE = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]
PLURAL = Key("%(count)d day", "")


@pytest.fixture
def catalogue_of(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a catalogue with these entries where compile_catalogues() looks, and returns its path."""

    def write(entries: str) -> Path:
        path = tmp_path / "ar" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + entries, encoding="utf-8")
        return path

    return write


def problems(entries: str, used: dict[Key, Use]) -> list[str]:
    return catalogues.problems_of(polib.pofile(HEADER + entries), used)


def used(*texts: str) -> dict[Key, Use]:
    return {Key(text, ""): Use("", frozenset({"a.py"})) for text in texts}


def six(*forms: str) -> str:
    lines = "".join(f'msgstr[{form}] "{text}"\n' for form, text in enumerate(forms))
    return f'msgid "%(count)d day"\nmsgid_plural "%(count)d days"\n{lines}'


@pytest.mark.parametrize("table", [MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP], ids=["full", "short", "alt.", "abbrev."])
def test_the_overlay_names_the_months_as_the_levant_does(table: dict[int, str]) -> None:
    with translation.override("ar"):
        assert [str(table[month]) for month in range(1, 13)] == LEVANTINE


def test_the_overlay_counts_in_arabic() -> None:
    with translation.override("ar"):
        said = [translation.ngettext("%(num)d hour", "%(num)d hours", n) % {"num": n} for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["أقل من ساعة", "ساعة واحدة", "ساعتان", "3 ساعات", "11 ساعة", "100 ساعة"]


def test_a_catalogue_is_compiled_once(catalogue_of: Callable[[str], Path], tmp_path: Path) -> None:
    compiled = catalogue_of('msgid "Send"\nmsgstr "إرسال"\n').with_suffix(".mo")
    assert catalogues.compile_catalogues([tmp_path]) == [compiled]
    with compiled.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Send") == "إرسال"
    assert catalogues.compile_catalogues([tmp_path]) == []
    assert sorted(path.name for path in compiled.parent.iterdir()) == ["django.mo", "django.po"]


def test_a_changed_catalogue_is_compiled_again(catalogue_of: Callable[[str], Path], tmp_path: Path) -> None:
    path = catalogue_of('msgid "Send"\nmsgstr "إرسال"\n')
    catalogues.compile_catalogues([tmp_path])
    newer = path.with_suffix(".mo").stat().st_mtime_ns + 1_000_000_000
    os.utime(path, ns=(newer, newer))
    assert catalogues.compile_catalogues([tmp_path]) == [path.with_suffix(".mo")]


def test_a_broken_catalogue_is_refused(catalogue_of: Callable[[str], Path], tmp_path: Path) -> None:
    catalogue_of("this is no catalogue\n")
    with pytest.raises(OSError, match="Syntax error"):
        catalogues.compile_catalogues([tmp_path])


def test_messages_are_found_in_python() -> None:
    source = """
from django.utils import translation
from django.utils.translation import gettext_lazy as words, ngettext, pgettext_lazy as said, npgettext
from django.utils.translation import gettext as _
words("one" " and a half"); _("two"); translation.gettext("three"); said("verb", "four")
ngettext("%(count)d day", "%(count)d days", n); npgettext("kind", "day", "days", n)
_(variable); unrelated("five"); said("verb")
"""
    assert sorted(catalogues.messages_in_python(source)) == [
        Message(Key("%(count)d day", ""), "%(count)d days"),
        Message(Key("day", "kind"), "days"),
        Message(Key("four", "verb"), ""),
        Message(Key("one and a half", ""), ""),
        Message(Key("three", ""), ""),
        Message(Key("two", ""), ""),
    ]


def test_messages_are_found_in_templates() -> None:
    source = """{% load i18n %}{% if a %}{% translate "Send 100%" context "button" as b %}{% endif %}
{% blocktranslate trimmed count count=n with name=x.y %}
  {{ name }} (one) {% plural %} {{ name }}: {{ count }}
{% endblocktranslate %}{% include "x" with title=_("It's (here)") %}{{ _('Quoted') }}{{ a|default:_("Dash") }}
<p title="gettext('not this')">plain</p>{# translate "nor this" #}"""
    assert sorted(catalogues.messages_in_template(source)) == [
        Message(Key("%(name)s (one)", ""), "%(name)s: %(count)s"),
        Message(Key("Dash", ""), ""),
        Message(Key("It's (here)", ""), ""),
        Message(Key("Quoted", ""), ""),
        Message(Key("Send 100%%", "button"), ""),
    ]


def test_messages_carry_the_files_that_use_them(tmp_path: Path) -> None:
    for name, text in {
        "app/views.py": 'gettext("Send"); ngettext("Day", "Days", n)',
        "app/migrations/0001.py": 'gettext("Old")',
        "app/templates/app/page.html": '{% translate "Send" %}{% translate "Day" %}',
        "app/static/page.html": '{% translate "Not a template" %}',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert catalogues.find_messages([tmp_path / "app"], tmp_path) == {
        Key("Send", ""): Use("", frozenset({"app/views.py", "app/templates/app/page.html"})),
        Key("Day", ""): Use("Days", frozenset({"app/views.py", "app/templates/app/page.html"})),
    }


def test_updating_adds_drops_sorts_and_keeps_translations() -> None:
    catalogue = polib.pofile(HEADER + 'msgid "Old"\nmsgstr "قديم"\n\nmsgid "Send"\nmsgstr "إرسال"\n')
    found = {
        Key("Send", ""): Use("", frozenset({"b.py", "a.py"})),
        PLURAL: Use("%(count)d days", frozenset({"a.py"})),
        Key("Add", "button"): Use("", frozenset({"a.py"})),
    }
    catalogues.update_catalogue(catalogue, found)
    assert [(entry.msgid, entry.msgctxt, entry.msgstr, entry.occurrences) for entry in catalogue] == [
        ("%(count)d day", None, "", [("a.py", "")]),
        ("Add", "button", "", [("a.py", "")]),
        ("Send", None, "إرسال", [("a.py", ""), ("b.py", "")]),
    ]
    assert sorted(catalogue[0].msgstr_plural) == [0, 1, 2, 3, 4, 5]
    assert "#: a.py b.py\n" in str(catalogue)


def test_merging_fills_what_is_empty_and_keeps_what_is_there() -> None:
    catalogue = polib.pofile(HEADER + 'msgid "Send"\nmsgstr "إرسال"\n\nmsgid "Add"\nmsgstr ""\n')
    fragment = polib.pofile(
        'msgid "Send"\nmsgstr "بعث"\n\nmsgid "Add"\nmsgstr "إضافة"\n\nmsgctxt "x"\nmsgid "Add"\nmsgstr "زيادة"\n'
    )
    assert catalogues.merge_fragment(catalogue, fragment) == ["kept: Send: ['إرسال'], not ['بعث']"]
    assert {str(catalogues.key_of(entry)): entry.msgstr for entry in catalogue} == {
        "Send": "إرسال",
        "Add": "إضافة",
        "x: Add": "زيادة",
    }


@pytest.mark.parametrize(
    ("entries", "found", "lines"),
    [
        ('msgid "Send"\nmsgstr "إرسال"\n', used("Send"), []),
        ("", used("Send"), ["missing: Send"]),
        ('msgid "Send"\nmsgstr "إرسال"\n', {}, ["unused: Send"]),
        ('msgid "Send"\nmsgstr ""\n', used("Send"), ["empty: Send"]),
        ('#, fuzzy\nmsgid "Send"\nmsgstr "إرسال"\n', used("Send"), ["fuzzy: Send"]),
        (
            'msgid "To %(name)s"\nmsgstr "إلى %(nom)s"\n',
            used("To %(name)s"),
            ["placeholders differ: To %(name)s"],
        ),
        ('msgid "To %(name)s"\nmsgstr "إلى"\n', used("To %(name)s"), ["placeholders differ: To %(name)s"]),
        ('msgid "100%%ish"\nmsgstr "مئة 100%%"\n', used("100%%ish"), []),
    ],
)
def test_each_fault_of_an_entry_is_a_line(entries: str, found: dict[Key, Use], lines: list[str]) -> None:
    assert problems(entries, found) == lines


@pytest.mark.parametrize(
    ("forms", "lines"),
    [
        (("لا أيام", "يوم", "يومان", "%(count)d أيام", "%(count)d يومًا", "%(count)d يوم"), []),
        (
            ("لا أيام", "يوم", "يومان", "أيام", "%(count)d يومًا", "%(count)d يوم"),
            ["placeholders differ: %(count)d day"],
        ),
        (("يوم", "%(count)d أيام"), ["2 plural forms instead of 6: %(count)d day"]),
    ],
)
def test_plural_forms_are_complete_and_keep_the_number(forms: tuple[str, ...], lines: list[str]) -> None:
    assert problems(six(*forms), {PLURAL: Use("%(count)d days", frozenset())}) == lines


def test_a_plural_that_the_code_has_not_is_a_fault() -> None:
    assert problems(six(*"abcdef"), used("%(count)d day")) == ["plural differs from the code: %(count)d day"]


def test_the_check_fails_with_the_faults_and_changes_nothing(catalogue_of: Callable[[str], Path]) -> None:
    path = catalogue_of('msgid "Nobody says this"\nmsgstr ""\n')
    before = path.read_bytes()
    with pytest.raises(CommandError, match="unused: Nobody says this"):
        call_command("update_catalogues", "--check", catalogue=path)
    assert path.read_bytes() == before


def test_an_updated_catalogue_lacks_only_translations(catalogue_of: Callable[[str], Path]) -> None:
    path = catalogue_of('msgid "Nobody says this"\nmsgstr "لا أحد"\n')
    call_command("update_catalogues", catalogue=path)
    with pytest.raises(CommandError) as refused:
        call_command("update_catalogues", "--check", catalogue=path)
    assert {line.split(":")[0] for line in str(refused.value).splitlines()[1:]} == {"empty"}


def test_a_fragment_is_merged_into_the_file(catalogue_of: Callable[[str], Path], tmp_path: Path) -> None:
    path = catalogue_of('msgid "Send"\nmsgstr "إرسال"\n')
    fragment = tmp_path / "fragment.po"
    fragment.write_text('msgid "Send"\nmsgstr "بعث"\n\nmsgid "Add"\nmsgstr "إضافة"\n', encoding="utf-8")
    said = io.StringIO()
    call_command("update_catalogues", merge=[fragment], catalogue=path, stdout=said)
    assert said.getvalue() == "kept: Send: ['إرسال'], not ['بعث']\n"
    assert [entry.msgstr for entry in polib.pofile(str(path))] == ["إرسال", "إضافة"]


def test_the_newsrooms_own_catalogues_are_sound() -> None:
    folder = Path(catalogues.__file__).parent
    faults = [
        line
        for path in (folder / "locale", folder / "locale_overlays")
        for source in path.glob("**/*.po")
        for catalogue in [catalogues.open_catalogue(source)]
        for line in catalogues.problems_of(
            catalogue,
            {catalogues.key_of(entry): Use(entry.msgid_plural, frozenset()) for entry in catalogue},
        )
        # Django's own sentence names two numbers, ours none.
        if "Ensure this value" not in line
    ]
    assert [line for line in faults if not line.startswith("empty")] == []


def test_arabic_words_are_quoted_in_one_way() -> None:
    catalogue = catalogues.open_catalogue(Path(catalogues.__file__).parent / "locale/ar/LC_MESSAGES/django.po")
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert len([text for text in texts if "“" in text]) > 20
    assert [text for text in texts if set(text) & set('«»"') - (set('"') if "<" in text else set())] == []
