"""How far a minor fix goes. It is published without a notice and without a second person, so that its bound is drawn by
words and not by anybody's judgement:

- no number changes, in figures or in words, nor the sign of money or percent that stands at it;
- of the headline only the spelling changes;
- elsewhere words are spelled otherwise (MOST_SPELLED of them at most), and MOST_WORDS are added or left out, none of
  which says "not" or how many.

A word is spelled otherwise when one letter of it changes, two of a word of more than SHORT letters, or when words are
joined or parted. Capitals, vowel signs, the forms of an Arabic letter, punctuation and spaces are free.
"""

import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from rapidfuzz.distance import OSA

from newsroom.differences import replaced_words
from newsroom.text import fold, fold_digits

MOST_WORDS = 2
MOST_SPELLED = 10
SHORT = 4

_NUMBER = re.compile(r"[-\u2212+±$€£¥₺]*\d+(?:[.,:/\u066b\u066c]\d+)*(?:\s?[%٪‰$€£¥₺])?")
_SAYS_HOW_MANY = """
one two three four five six seven eight nine ten eleven twelve hundred hundreds thousand thousands million millions
billion billions trillion half third quarter double twice dozen dozens all none
واحد واحدة اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر عشرون عشرين
ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة مئات ألف آلاف ألفا
ألفي مليون ملايين مليار مليارات تريليون نصف ثلث ربع ضعف كل جميع
"""
_SAYS_NOT = "not no never without cannot nor neither لا لم لن ليس ليست ليسوا غير بلا دون بدون ما"
_TELLING = frozenset(fold(word) for word in f"{_SAYS_HOW_MANY} {_SAYS_NOT}".split())


class Beyond(TextChoices):
    """What makes a change more than a minor fix."""

    NOTHING = "", "—"
    NUMBER = "number", _("A number changes, which is more than a minor fix. Choose another kind of change")
    HEADLINE = (
        "headline",
        _("More than the spelling of the headline changes, which is no minor fix. Choose another kind of change"),
    )
    WORDS = (
        "words",
        _("More than spelling and a word or two changes, which is no minor fix. Choose another kind of change"),
    )
    PHOTO = "photo", _("Another photo is more than a minor fix. Choose another kind of change")


def beyond_minor_fix(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> Beyond:
    """What of a change goes beyond a minor fix; the texts are given as newsroom.edits.words_of does."""
    texts = {part: ("\n".join(before[part]), "\n".join(after[part])) for part in before}
    if any(_numbers(earlier) != _numbers(later) for earlier, later in texts.values()):
        return Beyond.NUMBER
    runs = {part: replaced_words(*pair) for part, pair in texts.items()}
    found = {part: [_judged(*run) for run in each] for part, each in runs.items()}
    if any(spelled is None or strange for spelled, strange in found.get("title", [])):
        return Beyond.HEADLINE
    everything = [each for judged in found.values() for each in judged]
    spelled, strange = sum(each[0] or 0 for each in everything), sum(each[1] for each in everything)
    is_other = any(each[0] is None for each in everything)
    return Beyond.WORDS if is_other or spelled > MOST_SPELLED or strange > MOST_WORDS else Beyond.NOTHING


def _numbers(text: str) -> list[str]:
    return [re.sub(r"\s", "", number) for number in _NUMBER.findall(fold_digits(text))]


def _judged(old: Sequence[str], new: Sequence[str]) -> tuple[int | None, int]:
    """Of words that gave way to others: how many are spelled otherwise (None where any became another word), and how
    many are added or left out."""
    before, after = [fold(word) for word in old], [fold(word) for word in new]
    if "".join(before) == "".join(after):
        return max(len(before), len(after)) if before != after else 0, 0
    shorter, longer = sorted((before, after), key=len)
    rest = list(longer)
    for word in shorter:
        like = next((other for other in rest if _is_spelled_otherwise(word, other)), None)
        if like is None:
            return None, 0
        rest.remove(like)
    return (len(shorter) if _TELLING.isdisjoint(rest) else None), len(rest)


def _is_spelled_otherwise(word: str, other: str) -> bool:
    if word == other:
        return True
    most = 1 if min(len(word), len(other)) <= SHORT else 2
    return _TELLING.isdisjoint({word, other}) and OSA.distance(word, other) <= most
