"""The code of ethics that a new site starts with, as data; administrators make it their own."""

from typing import NamedTuple


class DefaultClause(NamedTuple):
    """One clause of the first version of the code: its name and hint on the form, and its words in the code.

    A clause without words is a choice of the form and no part of the code.
    """

    key: str
    name_ar: str
    name_en: str
    hint_ar: str = ""
    hint_en: str = ""
    text_ar: str = ""
    text_en: str = ""
    concerns_safety: bool = False


DEFAULT_CODE = (
    DefaultClause(
        key="privacy",
        name_ar="الخصوصية أو السلامة",
        name_en="Privacy or safety",
        hint_ar="كشف هوية، أو صورة من دون موافقة، أو خطر على أشخاص",
        hint_en="Identity revealed, picture without consent, people put at risk",
        text_ar=(
            "لا تُنشر تفاصيل من حياة الأشخاص الخاصة إلا لمصلحة عامة واضحة، وبالقدر اللازم لها. سلامة الأشخاص "
            "مقدمة على النشر: يُحذف أو يُخفى كل ما يدل على مكان شخص مهدد أو على هويته."
        ),
        text_en=(
            "Details of private life are published only for a clear public interest, and no more of them than "
            "it needs. People’s safety comes before publication: whatever shows where a threatened person is, "
            "or who, is removed or hidden."
        ),
        concerns_safety=True,
    ),
    DefaultClause(
        key="protection",
        name_ar="حماية الأطفال والناجين والناجيات",
        name_en="Protection of children and survivors",
        text_ar=(
            "لا تُكشف هوية طفل أو ناجية أو ناج من عنف إلا بموافقة مستنيرة لا تضر صاحبها. موافقة ولي الأمر لا "
            "تكفي إذا كان النشر يؤذي الطفل."
        ),
        text_en=(
            "The identity of a child, or of a survivor of violence, is shown only with informed consent that "
            "does them no harm. A guardian’s consent is not enough where publication would hurt the child."
        ),
        concerns_safety=True,
    ),
    DefaultClause(
        key="fairness",
        name_ar="الإنصاف وحق الرد",
        name_en="Fairness and right of reply",
        hint_ar="اتهام من دون إتاحة الرد",
        hint_en="An accusation with no chance to answer",
        text_ar=(
            "من يُوجَّه إليه اتهام تُتاح له فرصة معقولة للرد قبل النشر، ويُنشر رده بإنصاف. إذا تعذر الوصول "
            "إليه، يذكر النص ذلك ويبقى باب الرد مفتوحًا."
        ),
        text_en=(
            "Whoever is accused gets a fair chance to answer before publication, and the answer is given "
            "fairly. Where they could not be reached the text says so, and an answer is still taken "
            "afterwards."
        ),
    ),
    DefaultClause(
        key="accuracy",
        name_ar="الدقة والتحقق",
        name_en="Accuracy and checking",
        hint_ar="معلومة نُشرت من دون تحقق",
        hint_en="Published without being checked",
        text_ar=("تُتحقق المعلومات قبل نشرها، ويُذكر ما لم يمكن التحقق منه. لا تُغيَّر الأقوال المقتبسة بما يغيّر معناها."),
        text_en=(
            "Facts are checked before they are published, and what could not be checked is named. Quotations "
            "are not altered so that their meaning changes."
        ),
    ),
    DefaultClause(
        key="correcting",
        name_ar="تصحيح الأخطاء",
        name_en="Correcting errors",
        hint_ar="خطأ معروف لم يُصحح أو صُحح بصمت",
        hint_en="A known error left standing, or changed silently",
        text_ar="يُصحح الخطأ في أقرب وقت وبوضوح، ويُعلن التصحيح حيث ورد الخطأ. لا يُغيَّر مضمون مقال منشور بصمت.",
        text_en=(
            "An error is corrected soon and plainly, and the correction is announced where the error stood. "
            "The substance of a published article is never changed silently."
        ),
    ),
    DefaultClause(
        key="incitement",
        name_ar="تحريض أو تمييز أو لغة مهينة",
        name_en="Incitement, discrimination or degrading language",
        text_ar=(
            "لا يُنشر ما يحرض على العنف أو الكراهية. لا يُذكر دين شخص أو قوميته أو لونه أو جنسه أو إعاقته إلا "
            "إذا كان لازمًا لفهم الخبر، وبلغة تحفظ الكرامة."
        ),
        text_en=(
            "Nothing is published that incites violence or hatred. Religion, ethnicity, colour, gender or "
            "disability is mentioned only where the news cannot be understood without it, and in words that "
            "keep people’s dignity."
        ),
    ),
    DefaultClause(
        key="misleading",
        name_ar="عنوان أو صورة مضلِّلة",
        name_en="Misleading headline or picture",
        text_ar=("يعبّر العنوان عن مضمون المقال، وتعبّر الصورة عما جرى فعلًا. الصورة القديمة أو الرمزية تُسمى كذلك."),
        text_en=(
            "A headline says what the article bears out, and a picture shows what really happened. An archive "
            "or symbolic picture is called one."
        ),
    ),
    DefaultClause(
        key="images",
        name_ar="صور أو تسجيلات معدَّلة أو مصطنعة",
        name_en="Altered, staged or generated material",
        text_ar=("لا تُعدَّل الصور والتسجيلات بما يغيّر معناها. ما أُعيد تمثيله أو صُنع ببرنامج يُذكر بجانبه أنه كذلك."),
        text_en=(
            "Pictures and recordings are not altered so that their meaning changes. What was staged again or "
            "made by a program is labelled where it stands."
        ),
    ),
    DefaultClause(
        key="sources",
        name_ar="المصادر وسرّيتها",
        name_en="Sources and their confidence",
        hint_ar="مصدر كُشف، أو إغفال المصدر من دون سبب",
        hint_en="A source exposed, or none named without reason",
        text_ar="تُحفظ سرية المصدر الذي وُعد بها. يُذكر المصدر ما أمكن، وإذا أُغفل اسمه يُذكر السبب.",
        text_en=(
            "A source who was promised confidence keeps it. Sources are named wherever possible, and where a "
            "name is left out the reason is given."
        ),
        concerns_safety=True,
    ),
    DefaultClause(
        key="grief",
        name_ar="الحزن والعنف ومشاهد الموت",
        name_en="Grief, violence and images of the dead",
        text_ar=("تُراعى مشاعر المفجوعين عند السؤال وعند النشر. لا تُنشر مشاهد الموت والعنف إلا لضرورة، مع تنبيه قبلها."),
        text_en=(
            "People in grief are treated with care when they are asked and when they are written about. "
            "Images of death and violence are shown only where they must be, with a warning before them."
        ),
    ),
    DefaultClause(
        key="justice",
        name_ar="المتهمون والقضاء",
        name_en="Accused people and the courts",
        text_ar=(
            "المتهم بريء حتى يصدر حكم، وتُكتب أخبار القضاء على هذا الأساس. إذا نُشر خبر الاتهام، يُنشر خبر "
            "البراءة بالوضوح نفسه."
        ),
        text_en=(
            "The accused are innocent until a court has found otherwise, and court news is written on that "
            "footing. Where a charge was reported, an acquittal is reported just as plainly."
        ),
    ),
    DefaultClause(
        key="opinion",
        name_ar="الخلط بين الخبر والرأي",
        name_en="News mixed with opinion",
        text_ar=(
            "يُفصل الخبر عن الرأي بوضوح، ويُعرف القراء أي النوعين أمامهم. الرأي حر، والوقائع التي يقوم عليها صحيحة."
        ),
        text_en=(
            "News and opinion are kept visibly apart, so that readers know which they are reading. Opinion is "
            "free; the facts it rests on are right."
        ),
    ),
    DefaultClause(
        key="interests",
        name_ar="تضارب مصالح أو إعلان غير معلَن",
        name_en="Conflict of interest or undeclared advertising",
        text_ar=(
            "لا يكتب أحد عن شأن له فيه مصلحة من دون إعلانها. المادة المدفوعة تُسمى إعلانًا، ولا يتدخل "
            "المعلنون والممولون في التحرير."
        ),
        text_en=(
            "Nobody writes about a matter in which they have an interest without declaring it. What was paid "
            "for is called an advertisement, and advertisers and funders have no say in the newsroom."
        ),
    ),
    DefaultClause(
        key="credit",
        name_ar="عمل الآخرين من دون نسبة",
        name_en="The work of others without credit",
        hint_ar="نقل من دون ذكر المصدر",
        hint_en="Taken without saying from whom",
        text_ar="يُنسب النص والصورة والفكرة إلى صاحبها، ويُطلب الإذن حيث يلزم. النقل من دون نسبة لا يُقبل.",
        text_en=(
            "Words, pictures and ideas are credited to whoever made them, with permission where it is needed. "
            "Taking them without credit is not accepted."
        ),
    ),
    DefaultClause(
        key="other",
        name_ar="مسألة أخرى",
        name_en="Something else",
    ),
)
