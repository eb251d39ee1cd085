"""Translation catalogues: .mo files, what code and templates say, and whether all of it is translated.

Needs neither GNU gettext nor a configured Django, so that catalogues can be compiled before the settings are
read.
"""

import ast
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

TEMPLATE_SUFFIXES = frozenset({".html", ".txt", ".xml"})
WRAP_WIDTH = 100
#: Arabic writes none, one and two without a digit, so these plural forms may leave the number out.
FORMS_WITHOUT_NUMBER = 3

_ARGUMENTS = {
    "gettext": ("text",),
    "pgettext": ("context", "text"),
    "ngettext": ("text", "plural"),
    "npgettext": ("context", "text", "plural"),
}
_FUNCTIONS = {name + suffix: arguments for name, arguments in _ARGUMENTS.items() for suffix in ("", "_lazy", "_noop")}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_TEMPLATE_CALL = re.compile(rf"\b(?:n?p?gettext|_)\({_STRING}(?:, ?(?:{_STRING}|count))*\)", re.DOTALL)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdif]|\{\w*\}")


class Key(NamedTuple):
    """What a catalogue finds a translation by."""

    text: str
    context: str

    def __str__(self) -> str:
        return f"{self.context}: {self.text}" if self.context else self.text


class Message(NamedTuple):
    """A text that needs a translation; `plural` is empty where there is only one form."""

    key: Key
    plural: str


class Use(NamedTuple):
    """Where a message stands: its plural form, if any use has one, and the files relative to the project."""

    plural: str
    paths: frozenset[str]


def compile_catalogues(directories: Iterable[Path]) -> list[Path]:
    """Writes the .mo file beside each .po file below the directories where it is absent or not newer.

    Each is written whole and then moved into place, so processes that start together do not disturb each
    other. Returns the .mo files written. Raises OSError for a catalogue that cannot be parsed or a folder not
    writable.
    """
    sources = [source for directory in directories for source in sorted(directory.glob("**/LC_MESSAGES/*.po"))]
    return [_compile(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns <= source.stat().st_mtime_ns


def _compile(source: Path) -> Path:
    unfinished = source.with_name(f"{source.stem}.{os.getpid()}.unfinished.mo")
    unfinished.write_bytes(open_catalogue(source).to_binary())
    return unfinished.replace(source.with_suffix(".mo"))


def open_catalogue(path: Path) -> polib.POFile:
    """The catalogue or fragment in this file. Raises OSError if it cannot be parsed."""
    return polib.pofile(str(path), wrapwidth=WRAP_WIDTH)


def key_of(entry: polib.POEntry) -> Key:
    """What the entry is found by."""
    return Key(entry.msgid, entry.msgctxt or "")


def messages_in_python(source: str) -> Iterator[Message]:
    """The messages that Python code marks with Django's gettext functions, whatever it calls them."""
    tree = ast.parse(source)
    names = {**_FUNCTIONS, "_": ("text",)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {
                alias.asname: _FUNCTIONS[alias.name]
                for alias in node.names
                if alias.asname and alias.name in _FUNCTIONS
            }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _messages_of_call(node, names)


def _messages_of_call(call: ast.Call, names: dict[str, tuple[str, ...]]) -> Iterator[Message]:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    strings = [
        argument.value
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    found = dict(zip(names.get(name, ()), strings, strict=False))
    if name in names and len(found) == len(names[name]):
        yield Message(Key(found["text"], found.get("context", "")), found.get("plural", ""))


def messages_in_template(source: str) -> Iterator[Message]:
    """The messages of a Django template: translate, blocktranslate and _("...") inside tags and variables."""
    for match in _TEMPLATE_CALL.finditer(templatize(source)):
        yield from messages_in_python(match[0])


def find_messages(roots: Iterable[Path], project: Path) -> dict[Key, Use]:
    """All messages of the Python files (without migrations) and of the templates below the roots."""
    found: dict[Key, Use] = {}
    for path in sorted({path for root in roots for path in root.rglob("*") if path.is_file()}):
        for key, plural in _messages_in_file(path):
            use = found.get(key, Use("", frozenset()))
            found[key] = Use(use.plural or plural, use.paths | {path.relative_to(project).as_posix()})
    return found


def _messages_in_file(path: Path) -> Iterator[Message]:
    if path.suffix == ".py" and "migrations" not in path.parts:
        yield from messages_in_python(path.read_text(encoding="utf-8"))
    elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
        yield from messages_in_template(path.read_text(encoding="utf-8"))


def update_catalogue(catalogue: polib.POFile, used: dict[Key, Use]) -> None:
    """Adds what is missing (untranslated), drops what is unused, sorts, and notes the files of each entry.

    Changes the catalogue in memory only. Line numbers are not noted: they would change with every edit.
    """
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for key, use in sorted(used.items()):
        entry = entries.get(key) or polib.POEntry(msgid=key.text, msgctxt=key.context or None)
        _set_plural(entry, use.plural, number_of_forms(catalogue))
        entry.occurrences = [(path, "") for path in sorted(use.paths)]
        catalogue.append(entry)


def _set_plural(entry: polib.POEntry, plural: str, forms: int) -> None:
    if entry.msgid_plural == plural:
        return
    entry.msgid_plural = plural
    entry.msgstr = ""
    entry.msgstr_plural = dict.fromkeys(range(forms), "") if plural else {}


def number_of_forms(catalogue: polib.POFile) -> int:
    """How many plural forms the catalogue's header promises; 2 if it promises nothing."""
    match = re.search(r"nplurals\s*=\s*(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return int(match[1]) if match else 2


def merge_fragment(catalogue: polib.POFile, fragment: polib.POFile) -> list[str]:
    """Takes the fragment's translations for entries that the catalogue lacks or leaves empty.

    A translation that the catalogue already has stays. Returns a line for each that the fragment has
    differently.
    """
    entries = {key_of(entry): entry for entry in catalogue}
    differences = []
    for entry in fragment:
        present = entries.get(key_of(entry))
        if present is None:
            catalogue.append(entry)
            entries[key_of(entry)] = entry
        elif not _translations(present):
            present.msgid_plural = entry.msgid_plural
            present.msgstr, present.msgstr_plural = entry.msgstr, entry.msgstr_plural
        elif _translations(entry) and _translations(entry) != _translations(present):
            differences.append(f"kept: {key_of(entry)}: {_translations(present)}, not {_translations(entry)}")
    return differences


def _translations(entry: polib.POEntry) -> list[str]:
    """The filled translations of an entry, in the order of the plural forms."""
    forms = [text for _, text in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]
    return [text for text in forms if text]


def problems_of(catalogue: polib.POFile, used: dict[Key, Use]) -> list[str]:
    """A line for everything that keeps the catalogue from being complete: see the lines themselves."""
    entries = {key_of(entry): entry for entry in catalogue if not entry.obsolete}
    forms = number_of_forms(catalogue)
    return [
        *(f"missing: {key}" for key in sorted(used.keys() - entries.keys())),
        *(f"unused: {key}" for key in sorted(entries.keys() - used.keys())),
        *(
            f"{problem}: {key}"
            for key, entry in sorted(entries.items())
            for problem in _problems_of_entry(entry, used[key].plural if key in used else entry.msgid_plural, forms)
        ),
    ]


def _problems_of_entry(entry: polib.POEntry, plural: str, forms: int) -> Iterator[str]:
    translations = _translations(entry)
    if entry.fuzzy:
        yield "fuzzy"
    if entry.msgid_plural != plural:
        yield "plural differs from the code"
    elif not translations:
        yield "empty"
    elif plural and len(translations) != forms:
        yield f"{len(translations)} plural forms instead of {forms}"
    elif _placeholders_differ(entry, translations):
        yield "placeholders differ"


def _placeholders_differ(entry: polib.POEntry, translations: Sequence[str]) -> bool:
    expected = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    return any(
        _placeholders(text) - expected
        or len(expected - _placeholders(text)) > (bool(entry.msgid_plural) and form < FORMS_WITHOUT_NUMBER)
        for form, text in enumerate(translations)
    )


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(_PLACEHOLDER.findall(text.replace("%%", "")))
