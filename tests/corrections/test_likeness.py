"""Which reports say nearly the same, as Arabic is typed by different hands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.likeness import nearly_the_same, wording

ALIKE = [
    # Vowel signs, tatweel, forms of alef, ya, ta marbuta and hamza.
    ("عدد الأسر في البلدة أقل من المنشور بكثير", "عَدَدُ الأُسَرِ في البلدةِ أقلُّ من المنشورِ بكثيرٍ"),
    ("عدد الأسر في البلدة أقل من المنشور بكثير", "عـــدد الأســـر في البلـــدة أقـــل من المنشور بكثير"),
    ("إعادة تأهيل المحطة لم تكتمل إلى الآن", "اعادة تاهيل المحطه لم تكتمل الى الان"),
    ("المسؤول عن المستشفى قال غير ذلك تمامًا", "المسؤل عن المستشفي قال غير ذلك تماما"),
    # Digits of every keyboard.
    ("عدد الأسر 1,200 وليس 12,000 كما ورد", "عدد الأسر ١,٢٠٠ وليس ١٢,٠٠٠ كما ورد"),
    ("تأسست البلدية عام 1954 لا عام 1964 كما ورد", "تأسست البلدية عام ۱۹۵۴ لا عام ۱۹۶۴ كما ورد"),
    # Letters of Persian and Kurdish keyboards.
    ("شركة الكهرباء في كركوك هي التي أعلنت ذلك", "شرکة الکهرباء في کرکوک هي التي أعلنت ذلك"),
    # Joined article, conjunction and preposition.
    ("القرار صدر عن المحافظة وليس عن البلدية", "قرار صدر عن محافظة وليس عن بلدية"),
    ("والقرار صدر عن المحافظة وليس عن البلدية", "القرار صدر عن المحافظة وليس عن البلدية"),
    # Punctuation, white space, another order.
    ("الخبر كاذب، والصورة قديمة من عام 2012!", "الخبر كاذب والصورة قديمة   من عام 2012"),
    ("الصورة قديمة من عام 2012 والخبر كاذب", "الخبر كاذب والصورة قديمة من عام 2012"),
    ("«المقال» يسيء إلى أهالي القرية كلهم؛ نطالب بحذفه", '"المقال" يسيء إلى أهالي القرية كلهم, نطالب بحذفه'),
    # One word more or a slip of the hand.
    ("المقال يسيء إلى أهالي القرية ونطالب بحذفه فورًا", "المقال يسيء إلى أهالي القرية ونطالب بحذفه فورا وعلنا"),
    ("اسم الوزير الصحيح هو محمد عبد الرحمن الخطيب", "اسم الوزير الصحيح هو محمد عبدالرحمن الخطيب"),
    ("المحطة تقع في شمال البلدة لا في جنوبها", "المحطه تقع في شمال البلده لا في جنوبهاا"),
    # Something put before or behind the same text.
    (
        "هذا المقال ينشر معلومات مضللة عن أهالي البلدة ويجب سحبه والاعتذار",
        "السلام عليكم هذا المقال ينشر معلومات مضللة عن أهالي البلدة ويجب سحبه والاعتذار وشكرا",
    ),
    ("خطأ", "خطأ!"),
    ("عنوان مضلل", "عُنوان مُضلِّل"),
    ("The figure is wrong, it was 1,200 families", "the figure is WRONG: it was 1,200 families."),
    ("ﺍﻟﺨﺒﺮ ﻛﺎﺫﺏ ﻭﺍﻟﺼﻮﺭﺓ ﻗﺪﻳﻤﺔ ﺟﺪﺍ", "الخبر كاذب والصورة قديمة جدا"),
    ("الرقم الصحيح ٪٣٥ من سكان المدينة كلها", "الرقم الصحيح %35 من سكان المدينة كلها"),
]
DIFFERENT = [
    # Another figure is another claim.
    ("عدد الأسر 1,200 وليس 12,000 كما ورد", "عدد الأسر 1,500 وليس 12,000 كما ورد"),
    ("تأسست البلدية عام 1954 لا عام 1964", "تأسست البلدية عام 1945 لا عام 1964"),
    # The opposite.
    ("الصورة المنشورة صحيحة والخبر صحيح", "الصورة المنشورة غير صحيحة والخبر صحيح"),
    ("المسؤول قال هذا الكلام في المؤتمر", "المسؤول لم يقل هذا الكلام في المؤتمر"),
    ("المقال يسيء إلى أهالي القرية", "المقال لا يسيء إلى أهالي القرية"),
    # The same topic in other words.
    ("عدد الأسر مبالغ فيه كثيرًا", "مصدر الرقم غير مذكور في المقال"),
    ("اسم الوزير مكتوب خطأ في الفقرة الثانية", "صورة الوزير قديمة وليست من المؤتمر"),
    # Few common words say nothing.
    ("الرقم خطأ", "الاسم خطأ"),
    ("خطأ", "خطأ في اسم المحافظ الجديد"),
    # A part of a long text is not the text.
    (
        "المقال ينشر معلومات مضللة عن البلدة",
        "المقال ينشر معلومات مضللة عن البلدة، ففي الفقرة الثالثة نُسب التصريح إلى غير قائله، والمدرسة ما زالت مفتوحة",
    ),
    ("الوزير محمد الخطيب", "الوزير محمد الحبيب"),
    ("محطة الضخ في شمال البلدة توقفت أمس", "محطة القطار في وسط المدينة افتتحت اليوم"),
    ("The mayor said the opposite of this", "The museum opens on the first of May"),
    ("", "خطأ"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_reports_that_say_nearly_the_same_are_alike(one: str, other: str) -> None:
    assert nearly_the_same(wording(one), wording(other))
    assert nearly_the_same(wording(other), wording(one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_reports_that_say_something_else_are_not_alike(one: str, other: str) -> None:
    assert not nearly_the_same(wording(one), wording(other))
    assert not nearly_the_same(wording(other), wording(one))


@given(st.text(), st.text())
def test_likeness_has_no_direction_and_never_fails(one: str, other: str) -> None:
    first, second = wording(one), wording(other)
    assert nearly_the_same(first, second) == nearly_the_same(second, first)
    assert nearly_the_same(first, first) == bool(first.words)


def test_texts_without_words_are_like_nothing() -> None:
    assert not nearly_the_same(wording("؟!"), wording("…"))


@given(st.lists(st.sampled_from(["الخبر", "كاذب", "والصورة", "قديمة", "من", "عام", "2012", "جدا"]), min_size=1))
def test_the_same_words_in_another_order_have_the_same_digest(words: list[str]) -> None:
    assert wording(" ".join(words)).digest == wording(" ".join(reversed(words))).digest
