"""The reply templates that a new site starts with, as data; administrators make them their own."""

from typing import NamedTuple


class DefaultReply(NamedTuple):
    """One template; `use` is a value of corrections.enums.ReplyUse, `kind` one of Kind or empty for all."""

    key: str
    use: str
    kind: str
    name_ar: str
    name_en: str
    text_ar: str
    text_en: str


DEFAULT_REPLIES = (
    DefaultReply(
        "thanks",
        "message",
        "",
        "شكر على الملاحظة",
        "Thanks",
        "تحية طيبة،\n\nشكرًا على الوقت والاهتمام. بدأ مكتب التصحيح التحقق مما ورد في الطلب {number} بشأن المقال "
        "“{article}”، والقرار متوقع قبل نهاية {decision_due}.\n\nمكتب التصحيح في {site_name}",
        "Hello,\n\nThank you for your time and care. The corrections desk has begun to check what report "
        "{number} says "
        "about the article “{article}”. A decision is expected by the end of {decision_due}.\n\n"
        "The corrections desk of {site_name}",
    ),
    DefaultReply(
        "source",
        "question",
        "",
        "سؤال عن المصدر",
        "A source is needed",
        "تحية طيبة،\n\nللتحقق من هذه النقطة يلزم مصدر يمكن الرجوع إليه: [[النقطة التي يلزم لها مصدر]].\n\nهل من "
        "وثيقة أو "
        "رابط أو صورة أو شخص يمكن سؤاله؟ يمكن إضافة الملفات من صفحة المتابعة. المهلة متوقفة إلى حين وصول الرد.",
        "Hello,\n\nTo check this point we need a source that we can look at: [[the point that needs a source]].\n\nIs "
        "there a document, a link, a picture or a person we could ask? Files can be added on the follow-up page. The "
        "clock is stopped until you answer.",
    ),
    DefaultReply(
        "detail",
        "question",
        "",
        "سؤال عن تفصيل",
        "A detail is unclear",
        "تحية طيبة،\n\nبقي تفصيل واحد غير واضح قبل اتخاذ القرار: [[السؤال]]؟\n\nالمهلة متوقفة إلى حين وصول الرد.",
        "Hello,\n\nOne detail is still unclear before the desk can decide: [[the question]]?\n\nThe clock is stopped "
        "until you answer.",
    ),
    DefaultReply(
        "not_found",
        "question",
        "",
        "لم يُعثر على ما ذُكر",
        "Cannot find what is meant",
        "تحية طيبة،\n\nجرى البحث عما ورد في الطلب {number} في المقال “{article}”، ولم يُعثر عليه: [[ما جرى "
        "البحث عنه]].\n\n"
        "أين وردت هذه الكلمات بالضبط؟ صورة للشاشة أو رابط الصفحة يكفيان.",
        "Hello,\n\nWe looked in the article “{article}” for what report {number} describes and could not find it: "
        "[[what was looked for]].\n\nWhere exactly do these words stand? A picture of the screen or the address "
        "of the "
        "page is enough.",
    ),
    DefaultReply(
        "still_checking",
        "message",
        "",
        "التحقق مستمر",
        "Still checking",
        "تحية طيبة،\n\nما يزال التحقق من الطلب {number} مستمرًا، لأن [[السبب]]. القرار متوقع قبل نهاية "
        "{decision_due}، ويظهر "
        "في صفحة المتابعة فور صدوره.",
        "Hello,\n\nWe are still checking report {number}, because [[the reason]]. A decision is expected by the "
        "end of "
        "{decision_due}; it will stand on the follow-up page as soon as it is made.",
    ),
    DefaultReply(
        "out_of_scope",
        "message",
        "",
        "خارج نطاق المكتب",
        "Not for this desk",
        "تحية طيبة،\n\nينظر مكتب التصحيح في ما تنشره {site_name} وحده. ما ورد في الطلب {number} يتعلق بـ[[الجهة "
        "أو الأمر]]، "
        "ولا يملك المكتب أن يغيّره. الجهة المختصة: [[الجهة المختصة]].\n\nما ينظر فيه المكتب مبيَّن "
        "هنا:\n{policy_page}",
        "Hello,\n\nThe corrections desk looks only at what {site_name} publishes. Report {number} is about "
        "[[the body or "
        "matter]], which the desk cannot change. The right place to turn to is [[the right place]].\n\nWhat the desk "
        "deals with stands here:\n{policy_page}",
    ),
    DefaultReply(
        "where_to_complain",
        "message",
        "correction",
        "تقديم شكوى",
        "Where to complain",
        "تحية طيبة،\n\nما ورد في الطلب {number} يتعلق بمعايير العمل الصحفي أكثر مما يتعلق بمعلومة في النص. "
        "تُقدَّم الشكاوى إلى "
        "مكتب شؤون القراء، ولا يشارك في النظر فيها أي شخص عمل على المقال:\n{complaint_page}\n\nويستمر التحقق من الطلب "
        "بوصفه تصحيحًا.",
        "Hello,\n\nWhat report {number} says is about standards of journalism more than about a fact in the text. "
        "Complaints go to the readers’ editor, and nobody who worked on the article takes part:\n{complaint_page}\n\n"
        "The desk goes on checking the report as a correction.",
    ),
    DefaultReply(
        "already_corrected",
        "message",
        "",
        "صُحح من قبل",
        "Already corrected",
        "تحية طيبة،\n\nعُدّل المقال “{article}” بشأن هذه النقطة بعد قراءته: [[ما الذي تغيّر ومتى]]. الإشعار "
        "منشور مع المقال وفي "
        "السجل العام. شكرًا على الملاحظة.",
        "Hello,\n\nThe article “{article}” has been changed on this point since you read it: [[what changed and "
        "when]]. "
        "The notice stands with the article and in the public log. Thank you for your note.",
    ),
)
