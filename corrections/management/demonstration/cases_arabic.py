"""What readers of صحيفة المثال have sent, and how far each case has come."""

from datetime import datetime, timedelta

from corrections.domain.proposal import Proposal
from corrections.enums import Finding, Remedy
from corrections.management.demonstration.story import Stage


def families(stage: Stage, at: datetime) -> None:
    """Corrected and closed; a second reader's report of the same is joined to it."""
    lead = stage.report(
        "water",
        "families",
        at,
        "عدد الأسر التي تخدمها المحطة 1,200 وليس 12,000. عدد سكان البلدة كلها لا يتجاوز سبعة آلاف.",
        problem="fact",
        sources="نشرة دائرة المياه المعلقة في مكتب الخدمات، الصفحة الثانية.",
        address="abu.samir@example.com",
        name="أبو سمير",
        quoting="12,000 أسرة",
        proposed="1,200 أسرة",
    )
    second = stage.report(
        "water",
        "families again",
        at + timedelta(hours=2),
        "رقم 12,000 أسرة غير منطقي، ربما صفر زائد.",
        problem="fact",
        address="hanan@example.net",
        quoting="12,000",
    )
    lead.claim("nour").sort("serious", "nour")
    second.join(lead, "nour")
    lead.note("نشرة دائرة المياه تذكر 1,204 أسر. أكدت هدى العلي الرقم بالهاتف.", "nour", hours=4)
    lead.decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.CORRECTION,
            reason="راجعنا نشرة دائرة المياه، وهي تذكر 1,204 أسر. كان في النص صفر زائد.",
            notice_text="ورد في نسخة سابقة من هذا المقال أن المحطة تخدم 12,000 أسرة. الصحيح أنها تخدم نحو 1,200 أسرة.",
            content=lead.revised(body=("12,000", "1,200")),
        ),
        "nour",
    ).close("nour", hours=70)


def spelling(stage: Stage, at: datetime) -> None:
    """A minor fix, logged as a revision without a notice."""
    story = stage.report(
        "olives",
        "spelling",
        at,
        "في الفقرة الرابعة “النتيجه” بالهاء، والصواب “النتيجة”.",
        problem="spelling",
        quoting="النتيجه",
        proposed="النتيجة",
    )
    story.claim("rami").sort("minor", "rami").decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.MINOR_FIX,
            reason="صُحح الخطأ الإملائي.",
            content=story.revised(body=("النتيجه", "النتيجة")),
        ),
        "rami",
        hours=1,
    )


def child_in_picture(stage: Stage, at: datetime) -> None:
    """A complaint about a child's safety, in review and overdue."""
    story = stage.report(
        "school",
        "child",
        at,
        "نُشرت مع المقال صورة يظهر فيها وجه ابني بوضوح من دون أن يسألنا أحد. نطلب إزالة وجهه من الصورة.",
        kind="complaint",
        clause_keys=("privacy", "protection"),
        relation="family",
        remedy_sought="تمويه الوجه أو استبدال الصورة.",
        address="um.yazan@example.com",
        name="أم يزن",
    )
    story.claim("salma", hours=2)
    story.note("استُبدلت الصورة برسم في اليوم نفسه. يبقى تحديد كيف نُشرت الأولى.", "salma")
    story.reveal("الاتصال بالعائلة للتحقق من أن الصورة أزيلت من كل مكان.", "salma", hours=20)
    story.tell("أزيلت الصورة من الصفحة ومن أرشيف الصور. نراجع الآن كيف نُشرت، ويصل القرار قريبًا.", "salma", hours=3)


def truck_load(stage: Stage, at: datetime) -> None:
    """An additional detail, published as an update."""
    story = stage.report(
        "bridge",
        "truck",
        at,
        "ينقص المقال أن حافلات الركاب مسموح لها بالعبور ليلًا منذ يومين، بحسب إعلان معلق عند مدخل الجسر.",
        kind="addition",
        problem="missing",
        sources="صورة الإعلان عند المدخل الجنوبي.",
        address="driver@example.com",
    )
    story.claim("rami").note("أكدت البلدية صدور الإعلان.", "rami")
    story.decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.UPDATE,
            reason="أكدت البلدية الإعلان، فأضيفت المعلومة إلى النص. شكرًا على المتابعة.",
            notice_text="أُضيفت معلومة جديدة وصلت بعد النشر: حافلات الركاب مستثناة أيضًا من منع العبور ليلًا.",
            content=story.revised(
                body=("سيارات الإسعاف مستثناة.", "سيارات الإسعاف مستثناة، ثم استثنت حافلات الركاب أيضًا.")
            ),
        ),
        "rami",
    )


def association(stage: Stage, at: datetime) -> None:
    """An upheld complaint: the association's reply stands at the end of the article."""
    story = stage.report(
        "aid",
        "association",
        at,
        "نُشرت اتهامات لجمعيتنا من دون سؤالنا. المعايير معلنة على باب المستودع منذ الخريف، والحصص الباقية سُلّمت.",
        kind="complaint",
        clause_keys=("fairness",),
        relation="subject",
        remedy_sought="نشر ردنا.",
        address="office@sindyan.example.org",
        name="جمعية بيت السنديان",
    )
    story.claim("salma")
    story.ask("هل يمكن تزويدنا بنص الرد، بما لا يتجاوز 100 كلمة؟", "salma")
    story.answer(
        "الرد: معايير الأولوية معلقة على باب المستودع منذ الخريف، وسُلّمت الحصص السبعون الباقية هذا الأسبوع.", 20
    )
    ending = "وإن دورها يقتصر على تقديم المستودع.</p>"
    reply = (
        "<h2>رد الجمعية</h2><p>قالت “جمعية بيت السنديان” إن معايير الأولوية معلقة على باب المستودع منذ الخريف، "
        "وإن الحصص السبعين الباقية سُلّمت.</p>"
    )
    story.decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.RIGHT_OF_REPLY,
            reason="لم يُطلب رد الجمعية قبل النشر، وكان ذلك لازمًا. نُشر ردها في نهاية المقال.",
            notice_text="نُشر في نهاية المقال رد “جمعية بيت السنديان”، التي يتناولها النص.",
            clause_keys=("fairness",),
            content=story.revised(body=(ending, ending + reply)),
        ),
        "salma",
    )


def shelter_privacy(stage: Stage, at: datetime) -> None:
    """An upheld complaint so serious that the article is withdrawn, with a second signature."""
    story = stage.report(
        "shelter",
        "shelter",
        at,
        "في المقال أسماء قرى وأقارب ومواعيد تكفي لمعرفة من ينامون في الدار. هذا خطر عليهم.",
        kind="complaint",
        clause_keys=("privacy",),
        relation="reader",
        address="volunteer@example.com",
        quoting="وفيه أسماء قرى وأقارب ومواعيد",
    )
    story.claim("salma", hours=1)
    story.decide(
        Proposal(
            finding=Finding.UPHELD,
            remedy=Remedy.RETRACTION,
            reason="تسمح تفاصيل في النص بالتعرف إلى أشخاص قد يتعرضون للخطر، ولا يكفي حذف بعضها.",
            note="أُبلغت دار الإيواء بالهاتف.",
            notice_text="سُحب هذا المقال لأن تفاصيل فيه كانت تسمح بالتعرف إلى أشخاص. يبقى هذا الإشعار مكانه.",
            clause_keys=("privacy",),
        ),
        "salma",
        hours=3,
    ).sign("nour", hours=1)


def market_rents(stage: Stage, at: datetime) -> None:
    """A complaint that the standards editor would not uphold: it waits for a second signature."""
    stage.report(
        "market",
        "rents",
        at,
        "المقال منحاز إلى البلدية، ولم يذكر أن القرعة أعيدت مرتين.",
        kind="complaint",
        clause_keys=("fairness", "misleading"),
        relation="reader",
        address="seller@example.com",
    ).claim("salma").note("محضر القرعة لا يذكر إعادة.", "salma").decide(
        Proposal(
            finding=Finding.NOT_UPHELD,
            remedy=Remedy.NONE,
            reason="يعرض المقال قول الباعة وقول البلدية، ومحضر القرعة لا يذكر إعادتها.",
        ),
        "salma",
        hours=20,
    )


def which_street(stage: Stage, at: datetime) -> None:
    """A correction that waits for the reader's answer."""
    stage.report(
        "water",
        "street",
        at,
        "المياه لم تعد إلى كل الأحياء كما كتبتم، شارعنا بلا ماء حتى اليوم.",
        problem="fact",
        address="nada@example.com",
    ).claim("nour").ask("في أي شارع وحي؟ وهل وصلت المياه يومًا واحدًا منذ إعادة الضخ؟", "nour", hours=4)


def seats(stage: Stage, at: datetime) -> None:
    """A correction in review whose reader proposed other words and has answered."""
    stage.report(
        "school",
        "seats",
        at,
        "المقاعد التي ستصل 60 وليست 80.",
        problem="fact",
        quoting="80 مقعدًا",
        proposed="60 مقعدًا",
    ).claim("rami").ask("من أين هذا الرقم، إن كان ذكره ممكنًا؟", "rami").answer(
        "من محضر اجتماع مجلس أولياء الأمور الأخير، وأنا عضو فيه.", 9
    ).note("طُلب المحضر من مديرة المدرسة.", "rami")


def caption(stage: Stage, at: datetime) -> None:
    """New, nobody's yet, and due today where today is a working day."""
    stage.report(
        "olives",
        "caption",
        at,
        "البستان في الصورة يقع شرق البلدة وليس جنوبها، أعرفه جيدًا.",
        problem="picture",
        address="grove@example.com",
    )


def changed_mind(stage: Stage, at: datetime) -> None:
    """Withdrawn by the reader."""
    stage.report(
        "bridge",
        "changed mind",
        at,
        "الحمولة القصوى على اللوحة 15 طنًا وليست 20.",
        problem="fact",
    ).claim("nour").answer("أعتذر، اللوحة القديمة ما زالت في مكانها والجديدة خلفها.", 4).withdraw(hours=1)


def advertising(stage: Stage, at: datetime) -> None:
    """Held as suspicious: nothing but links."""
    links = " ".join(f"https://win{number}.example.net/offer" for number in range(1, 8))
    stage.report("library", "advertising", at, f"أرباح مضمونة من البيت، سجلوا الآن {links}", problem="other")


def library_stop(stage: Stage, at: datetime) -> None:
    """New, of today, with the words as they should read."""
    stage.report(
        "library",
        "library stop",
        at,
        "الحافلة تتوقف في ست قرى، لا خمس. أضيفت قرية المزرعة قبل أسبوع.",
        problem="fact",
        sources="جدول المواعيد على باب الحافلة.",
        address="reader@example.com",
        name="رنا",
        credit="name",
        quoting="وتزور خمس قرى كل أسبوع",
        proposed="وتزور ست قرى كل أسبوع",
    )
