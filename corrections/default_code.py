"""The code of ethics that a new site starts with, as data; administrators make it their own."""

from typing import NamedTuple


class DefaultClause(NamedTuple):
    """One clause of the first version of the code."""

    key: str
    name_ar: str
    name_en: str
    hint_ar: str = ""
    hint_en: str = ""
    concerns_safety: bool = False


DEFAULT_CODE = (
    DefaultClause(
        "privacy",
        "الخصوصية أو السلامة",
        "Privacy or safety",
        "كشف هوية، أو صورة من دون موافقة، أو خطر على أشخاص",
        "Identity revealed, picture without consent, people put at risk",
        concerns_safety=True,
    ),
    DefaultClause("protection", "حماية الأطفال والناجين والناجيات", "Protection of children and survivors"),
    DefaultClause(
        "fairness",
        "الإنصاف وحق الرد",
        "Fairness and right of reply",
        "اتهام من دون إتاحة الرد",
        "An accusation with no chance to answer",
    ),
    DefaultClause("incitement", "تحريض أو تمييز أو لغة مهينة", "Incitement, discrimination or degrading language"),
    DefaultClause("misleading", "عنوان أو صورة مضلِّلة", "Misleading headline or picture"),
    DefaultClause("interests", "تضارب مصالح أو إعلان غير معلَن", "Conflict of interest or undeclared advertising"),
    DefaultClause("other", "مسألة أخرى", "Something else"),
)
