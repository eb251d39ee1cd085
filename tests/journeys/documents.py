"""Articles to import: an invented one, and the real Arabic text where it lies beside the project."""

import json
from pathlib import Path
from typing import Any

REAL_TEXT = Path(__file__).resolve().parents[3] / "shared" / "input" / "article-ar.txt"

INVENTED: dict[str, Any] = {
    "title": "عودة ضخ المياه إلى عين الزيتون بعد انقطاع دام ثلاثة أشهر",
    "language": "ar",
    "section": {"slug": "services", "name_ar": "خدمات", "name_en": "Services"},
    "bylines": ["ليلى حداد"],
    "standfirst": "ورشات البلدية أعادت تشغيل محطة الضخ الرئيسة.",
    "paragraphs": [
        "أعلنت بلدية عين الزيتون عودة ضخ المياه إلى أحياء البلدة كافة.",
        "وقالت رئيسة دائرة المياه، هدى العلي، إن المحطة تخدم نحو 12,000 أسرة.",
        "ونُشرت جداول الضخ على موقع البلدية.",
    ],
    "canonical_url": "https://example.org/349287/",
    "published_at": "2025-02-17T13:05:00+03:00",
}


def write_document(folder: Path, *articles: dict[str, Any]) -> Path:
    """Writes articles as the JSON document that import_articles reads."""
    path = folder / "articles.json"
    path.write_text(json.dumps({"articles": articles}, ensure_ascii=False), "utf-8")
    return path


def real_article() -> dict[str, Any] | None:
    """The real article text as an item, where it is there: caption, paragraphs, and two lines of the site's foot."""
    if not REAL_TEXT.exists():
        return None
    lines = [line.strip() for line in REAL_TEXT.read_text("utf-8").splitlines() if line.strip()]
    return {
        **INVENTED,
        "title": "روسيا تعتزم الحفاظ على وجود عسكري محدود في سوريا",
        "standfirst": "",
        "caption": lines[0],
        "paragraphs": lines[2:-2],
        "canonical_url": "https://example.org/349288/",
    }


def article_to_correct() -> tuple[dict[str, Any], str, str]:
    """The article of a journey, the words in it that are wrong, and the right ones."""
    real = real_article()
    if real is not None:
        return real, "الاثنين 17 من شباط", "الثلاثاء 18 من شباط"
    return INVENTED, "12,000", "1,200"
