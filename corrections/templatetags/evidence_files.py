"""Files of a report in words: a name of ours, never the sender's, and what kind and how large."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corrections.models import Attachment
from newsroom.file_limits import MEGABYTE
from newsroom.text import isolated
from newsroom.uploads.kinds import FileKind

register = template.Library()

_KILOBYTE = 1024


@register.filter
def file_title(file: Attachment) -> str:
    """Picture 1, Document 2."""
    words = _("Picture %(number)s") if FileKind(file.kind).is_picture else _("Document %(number)s")
    return words % {"number": file.position}


@register.filter
def file_facts(file: Attachment) -> str:
    """JPEG, 412 KB."""
    kind = isolated(FileKind(file.kind).name)
    if file.bytes < MEGABYTE:
        return pgettext("file", "%(kind)s, %(size)s KB") % {"kind": kind, "size": -(-file.bytes // _KILOBYTE)}
    return pgettext("file", "%(kind)s, %(size)s MB") % {"kind": kind, "size": f"{file.bytes / MEGABYTE:.1f}"}
