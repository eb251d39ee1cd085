"""Where sentences end, in Arabic and Latin scripts. In doubt two sentences stay one: a longer piece says no less, while
half of one may say the opposite."""

import re

_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]", "‘": "’"}
_CLOSERS = "".join(_PAIRS.values()) + '"'
_END = re.compile(rf"[.!?؟۔…]+[{re.escape(_CLOSERS)}]*(?=\s)|\n")
#: A shortened word, perhaps: a lone letter ("د."), a number, a short name with a capital ("Capt."), a known one.
_SHORTENED = re.compile(r"(?:^|[^\w])(?:\w|\d+|[A-Z][A-Za-z]{0,4}|vs|etc|cf|ca|al|approx|no)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, without the white space around them; each with its closing sign."""
    found, begin = [], 0
    for match in _END.finditer(text):
        if _ends_here(text[begin : match.start()], match.group(), text[begin : match.end()]):
            found.append(text[begin : match.end()].strip())
            begin = match.end()
    return [sentence for sentence in (*found, text[begin:].strip()) if sentence]


def _ends_here(before: str, sign: str, whole: str) -> bool:
    """Not after a shortened word, and not between two marks of quotation or two brackets."""
    if sign.startswith(".") and _SHORTENED.search(before):
        return False
    return whole.count('"') % 2 == 0 and all(whole.count(left) <= whole.count(right) for left, right in _PAIRS.items())
