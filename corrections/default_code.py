"""The code of ethics that a new site starts with, as data; administrators make it their own."""

from typing import NamedTuple


class DefaultClause(NamedTuple):
    """One clause of the first version of the code; `part` is a value of corrections.code_parts.CodePart."""

    key: str
    part: str
    name_ar: str
    name_en: str
    hint_ar: str
    hint_en: str
    text_ar: str
    text_en: str
    concerns_safety: bool = False


DEFAULT_CODE = (
    DefaultClause(
        "accuracy",
        "truth",
        "الدقة والتحقق",
        "Accuracy and checking",
        "معلومة لم يُتحقَّق منها، أو رقم من دون مصدر",
        "Something not checked, or a figure with no source",
        "كل معلومة يُتحقَّق منها قبل نشرها، من مصدرين مستقلين متى أمكن ذلك. ويُذكر مصدر الأرقام والوثائق، ويقال "
        "بوضوح ما لم يمكن التثبت منه. والسرعة ليست عذرًا للخطأ.",
        "Every piece of information is checked before it is published, with two independent sources where that is "
        "possible. Figures and documents name where they come from, and what could not be confirmed is said "
        "plainly. Speed is no excuse for an error.",
    ),
    DefaultClause(
        "correcting",
        "truth",
        "تصحيح الأخطاء",
        "Putting errors right",
        "خطأ معروف لم يُصحَّح، أو تغيير في النص من دون إعلان",
        "A known error left standing, or a change nobody announced",
        "الخطأ يُصحَّح فور التثبت منه، في المكان الذي ورد فيه، مع إشعار يبيّن ما كان وما صار. ولا يُغيَّر مضمون "
        "مقال منشور من دون إعلان، ولا يُحذف مقال لإخفاء خطأ.",
        "An error is put right as soon as it is established, where it stood, with a notice that says what was "
        "wrong and what is right. The substance of a published article is not changed unannounced, and no article "
        "is removed to hide a mistake.",
    ),
    DefaultClause(
        "misleading",
        "truth",
        "عنوان أو صورة مضلِّلة",
        "Misleading headline or picture",
        "العنوان لا يسنده النص، أو الصورة من مكان أو وقت آخر",
        "The text does not bear the headline out, or the picture is from elsewhere",
        "العنوان يقول ما يقوله النص، من دون مبالغة ولا إيحاء. والصورة أو الخريطة أو الرسم البياني لا تُستعمل في "
        "غير سياقها، ويذكر التعليق مكانها وزمانها. والصورة المأخوذة من الأرشيف يُشار إلى أنها كذلك.",
        "A headline says what the text says, without exaggeration or innuendo. A picture, map or chart is not "
        "used out of its context, and its caption gives place and time. A picture from the archive is marked as "
        "one.",
    ),
    DefaultClause(
        "images",
        "truth",
        "مشهد مصطنَع أو مادة معدَّلة أو مولَّدة",
        "Staged, altered or generated material",
        "مشهد مرتَّب، أو صورة أو صوت عُدّلا، أو ولّدتهما الآلة",
        "A scene arranged, or a picture or sound altered or made by a machine",
        "لا يُرتَّب مشهد ليبدو حدثًا، ولا يُضاف إلى صورة أو تسجيل شيء ولا يُزال منه ما يغيّر معناه. وإخفاء وجه "
        "حمايةً لصاحبه يُذكر. وما ولّدته الآلة من نص أو صورة أو صوت لا يُنشر على أنه توثيق لواقع، ويُشار إليه "
        "بوضوح حيثما ورد.",
        "No scene is arranged to look like an event, and nothing that changes the meaning is added to a picture "
        "or recording or taken out of it. A face hidden for protection is declared. Text, pictures or sound made "
        "by a machine are never published as a record of fact and are marked wherever they appear.",
    ),
    DefaultClause(
        "opinion",
        "truth",
        "الفصل بين الخبر والرأي",
        "Fact kept apart from opinion",
        "رأي أو تخمين قُدّم على أنه خبر",
        "An opinion or a guess presented as news",
        "الخبر يُفصل عن الرأي، ويُعرَّف مقال الرأي بأنه كذلك مع اسم كاتبه أو كاتبته. والحرية في الرأي لا تشمل "
        "اختلاق الوقائع التي يستند إليها. والتحليل يبيّن ما هو معلوم وما هو استنتاج.",
        "News is kept apart from opinion, and an opinion piece is marked as one with the name of its author. "
        "Freedom of opinion does not extend to inventing the facts it rests on. Analysis shows what is known and "
        "what is inferred.",
    ),
    DefaultClause(
        "fairness",
        "people",
        "الإنصاف وحق الرد",
        "Fairness and right of reply",
        "اتهام من دون إتاحة الرد",
        "An accusation with no chance to answer",
        "كل شخص أو جهة يوجَّه إليها اتهام يُطلب ردها قبل النشر، مع وقت معقول للإجابة، ويُنقل الرد بأمانة. وإذا لم "
        "يصل رد يُذكر ذلك من دون تلميح. ولا تُقتطع الأقوال بما يغيّر معناها.",
        "Whoever is accused of something is asked for an answer before publication, with reasonable time to give "
        "it, and the answer is reported faithfully. Where none came, the article says so and hints at nothing. "
        "Quotations are not cut so that they mean something else.",
    ),
    DefaultClause(
        "justice",
        "people",
        "قرينة البراءة وتغطية القضاء",
        "Presumption of innocence and the courts",
        "تقديم متهم على أنه مذنب، أو كشف هوية شاهد",
        "A suspect shown as guilty, or a witness identified",
        "المتهم بريء إلى أن يصدر حكم نهائي، والعنوان والصورة يراعيان ذلك كما يراعيه النص. وإذا نُشر خبر التوقيف "
        "أو الاتهام تُتابع القضية حتى نهايتها، وتُنشر البراءة بالقدر نفسه من البروز. ولا تُكشف هوية شاهد أو قاصر "
        "أمام القضاء.",
        "A suspect is innocent until a final judgment, in headline and picture as much as in the text. Where an "
        "arrest or a charge was reported, the case is followed to its end and an acquittal gets the same "
        "prominence. Witnesses and minors before a court are not identified.",
    ),
    DefaultClause(
        "discrimination",
        "people",
        "تمييز أو لغة مهينة",
        "Discrimination or degrading language",
        "بسبب الأصل أو الدين أو الجنس أو الإعاقة أو اللجوء",
        "For origin, religion, sex, disability or being a refugee",
        "لا يُذكر أصل شخص أو دينه أو طائفته أو جنسه أو ميوله أو إعاقته أو وضعه القانوني إلا حيث يلزم ذلك لفهم "
        "الخبر. ولا تُنسب أفعال فرد إلى جماعة، ولا تُستعمل تسميات تحطّ من كرامة الناس.",
        "Origin, religion, community, sex, orientation, disability or legal status is mentioned only where the "
        "story cannot be understood without it. What one person did is not laid at the door of a group, and no "
        "words are used that strip people of their dignity.",
    ),
    DefaultClause(
        "incitement",
        "people",
        "تحريض أو كراهية",
        "Incitement or hatred",
        "دعوة إلى العنف أو تبريره، أو نشر خطاب كراهية بلا ضرورة",
        "A call to violence or an excuse for it, or hate speech spread without need",
        "لا يُنشر ما يدعو إلى العنف أو الانتقام أو الكراهية أو يبرّرها. وإذا كان خطاب الكراهية نفسه هو الخبر "
        "يُنقل منه القدر اللازم للفهم فقط، مع سياقه وما يفنّده. وتغطية النزاع لا تمجّد القتل ولا تسخر من الضحايا.",
        "Nothing is published that calls for violence, revenge or hatred or excuses them. Where hate speech is "
        "itself the news, only as much is quoted as understanding needs, with its context and what refutes it. "
        "Reports of a conflict neither glorify killing nor mock its victims.",
    ),
    DefaultClause(
        "privacy",
        "protection",
        "الخصوصية أو السلامة",
        "Privacy or safety",
        "كشف هوية، أو صورة من دون موافقة، أو خطر على أشخاص",
        "Identity revealed, picture without consent, people put at risk",
        "حياة الناس الخاصة لا تُنشر إلا لمصلحة عامة واضحة تفوق الضرر. وسلامة الأشخاص تسبق الخبر: لا يُنشر اسم أو "
        "صورة أو مكان أو موعد إذا كان نشره يعرّض أحدًا للأذى. والموافقة على التصوير تُطلب، ويمكن سحبها حين يستجد "
        "خطر.",
        "Private lives are published only for a clear public interest that outweighs the harm. People’s safety "
        "comes before the news: no name, picture, place or time is published where it would expose somebody to "
        "harm. Consent to be pictured is asked for, and can be withdrawn when a danger arises.",
        concerns_safety=True,
    ),
    DefaultClause(
        "protection",
        "protection",
        "حماية الأطفال والناجين والناجيات",
        "Protection of children and survivors",
        "طفل يمكن التعرف إليه، أو إلحاح على ناجٍ أو ناجية، أو تصوير الحزن",
        "A child who can be recognised, a survivor pressed, grief put on show",
        "الطفل لا يُكشف عن هويته في خبر قد يؤذيه، ولا تُجرى معه مقابلة من دون موافقة من يتولى رعايته. والناجون "
        "والناجيات من العنف وأهل الضحايا لا يُضغط عليهم، ولا تُعاد عليهم تفاصيل ما جرى من دون حاجة. وصور القتلى "
        "والجرحى والحزن تُعامل باحترام، ولا يُعرف أحد بوفاة قريب من الخبر أولًا متى أمكن تجنب ذلك.",
        "A child is not identified in a story that may do harm, nor interviewed without the consent of whoever "
        "cares for the child. Survivors of violence and families of victims are not pressed, nor taken through "
        "what happened without need. Pictures of the dead, the injured and the grieving are handled with respect, "
        "and wherever possible nobody learns of a relative’s death from the news.",
    ),
    DefaultClause(
        "sources",
        "protection",
        "حماية المصادر وسريتها",
        "Protection and confidence of sources",
        "كشف مصدر وُعد بالسرية، أو تفصيل يدل عليه",
        "A source promised confidence revealed, or a detail that gives one away",
        "الوعد بالسرية يُحفظ، ولا يُنشر تفصيل يدل على مصدر وُعد بها. وإغفال الاسم استثناء، ويُذكر سببه في النص، "
        "وتعرف رئاسة التحرير هوية المصدر. والشخص الذي يتكلم يعرف مسبقًا أن كلامه للنشر وأين يُنشر.",
        "A promise of confidence is kept, and no detail is published that points to a source who was given one. "
        "Leaving a name out is the exception, the text says why, and the chief editor knows who the source is. "
        "People who speak know beforehand that their words are for publication, and where.",
        concerns_safety=True,
    ),
    DefaultClause(
        "interests",
        "honesty",
        "تضارب مصالح أو إعلان غير معلَن",
        "Conflict of interest or undeclared advertising",
        "مصلحة لم تُعلن، أو مادة مدفوعة تبدو خبرًا",
        "An interest not declared, or paid material that looks like news",
        "لا يكتب أحد عن جهة تربطه بها مصلحة، وما لا يمكن تجنبه من ذلك يُعلن في النص. ولا تُقبل هدية أو مال أو "
        "رحلة مقابل نشر أو امتناع عن نشر. والإعلان والمادة المدفوعة يُميَّزان بوضوح عن عمل غرفة الأخبار.",
        "Nobody writes about a body in which they have an interest, and where that cannot be avoided the text "
        "declares it. No gift, money or journey is taken for publishing something or keeping it back. Advertising "
        "and paid material are clearly set apart from the newsroom’s own work.",
    ),
    DefaultClause(
        "credit",
        "honesty",
        "نقل من دون نسبة",
        "Copying without credit",
        "نص أو صورة أو سبق صحفي لغيرنا من دون ذكره",
        "Somebody else’s text, picture or discovery, uncredited",
        "ما يُنقل عن الغير من نص أو صورة أو معلومة يُنسب إلى صاحبه، مع رابط إن وُجد. ولا تُنشر صورة أو مقطع من "
        "دون حق في استعماله. والنص المأخوذ بحرفه يوضع بين علامتي اقتباس.",
        "Text, pictures and discoveries taken from others are credited to them, with a link where there is one. "
        "No picture or clip is published without the right to use it. Words taken over as they stand are put in "
        "quotation marks.",
    ),
    DefaultClause(
        "other",
        "honesty",
        "مسألة أخرى",
        "Something else",
        "مخالفة مهنية لا يذكرها بند آخر",
        "A breach of professional standards that no other clause names",
        "لا يحيط ميثاق بكل ما قد يقع. والشكوى من مخالفة مهنية لا يذكرها بند آخر يُنظر فيها كغيرها، ويبيّن القرار "
        "المعيار الذي استند إليه.",
        "No code covers everything that may happen. A complaint about a breach of professional standards that no "
        "other clause names is looked at like any other, and the decision says which standard it rests on.",
    ),
)
