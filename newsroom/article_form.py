"""The administration's form for an article: it fills in what newsroom.articles asks for."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom import articles
from newsroom.articles import ArticleDraft, BylineDraft, Content
from newsroom.html import RichTextRefused, paragraphs_to_html
from newsroom.models import Article, Revision, StaffMember
from newsroom.photos import store_photo
from newsroom.text import clean_line
from newsroom.uploads.kinds import FileRefused

#: What the newsroom may change by itself. Everything that corrects goes through a case and carries a notice.
OWN_CHANGES = [
    (Revision.Change.MINOR_FIX, Revision.Change.MINOR_FIX.label),
    (Revision.Change.UPDATE, Revision.Change.UPDATE.label),
]
LONGEST_NAME = 120
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
FIRST_FIELDS = ["language", "section", "bylines"]
WORDS = ["title", "standfirst", "body", "picture", "photo_alternative", "caption", "credit"]


class ArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """A new article, or the next revision of one."""

    bylines = forms.CharField(
        label=_("Bylines"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One name a line; after a vertical bar the user name of the author’s account: Layla Haddad | layla"
        ),
    )
    title = forms.CharField(label=_("Headline"), max_length=300)
    standfirst = forms.CharField(label=_("Standfirst"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "Paragraphs separated by an empty line, or simple HTML: p, h2, h3, ul, ol, blockquote, a, strong, em, bdi."
        ),
    )
    picture = forms.FileField(label=_("New photo"), required=False)
    photo_alternative = forms.CharField(label=_("Description of the photo"), max_length=300, required=False)
    caption = forms.CharField(label=_("Caption"), max_length=500, required=False)
    credit = forms.CharField(label=_("Credit"), max_length=200, required=False)
    change = forms.ChoiceField(label=_("What kind of change is it?"), choices=OWN_CHANGES)
    expected_revision = forms.IntegerField(widget=forms.HiddenInput)
    #: Who fills it in: not everybody may change every article (newsroom.guards).
    by: StaffMember | None = None

    class Meta:
        model = Article
        fields = ["language", "section"]

    @classmethod
    def fields_for(cls, article: Article | None) -> list[str]:
        """The fields of a new article, or those of a further revision."""
        return [*WORDS, "change", "expected_revision"] if article else [*FIRST_FIELDS, *WORDS]

    @classmethod
    def for_article(cls, article: Article | None, by: StaffMember | None) -> type["ArticleForm"]:
        """The form class with just these fields, for one person, as the administration wants it."""
        unwanted = (set(cls.base_fields) | set(FIRST_FIELDS)) - set(cls.fields_for(article))
        fields = dict.fromkeys(unwanted)
        return (
            type("ArticleForm", (cls,), {**fields, "by": by, "Meta": type("Meta", (cls.Meta,), {"fields": []})})
            if article
            else cls._new()
        )

    @classmethod
    def _new(cls) -> type["ArticleForm"]:
        return type("ArticleForm", (cls,), {"change": None, "expected_revision": None})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current: Revision | None = None
        if self.instance.pk:
            self.current = articles.latest_revision(self.instance)
            self.initial.update({name: getattr(self.current, name) for name in WORDS if name != "picture"})
            self.initial["expected_revision"] = self.current.number

    def clean_bylines(self) -> list[BylineDraft]:
        """The names, each tied to the account behind the bar."""
        drafts = []
        for line in self.cleaned_data["bylines"].splitlines():
            name, _bar, username = (clean_line(part) for part in line.partition("|"))
            member = StaffMember.objects.filter(username=username).first() if username else None
            if username and member is None:
                raise forms.ValidationError(_("There is no account named %(name)s.") % {"name": username})
            if len(name) > LONGEST_NAME:
                raise forms.ValidationError(
                    _("A name may have up to %(longest)s characters.") % {"longest": LONGEST_NAME}
                )
            if name:
                drafts.append(BylineDraft(name, member))
        return drafts

    def clean_picture(self) -> int | None:
        """The stored photo's number; the current one where no new one was sent."""
        upload = self.cleaned_data.get("picture")
        if not upload:
            return self.current.photo_id if self.current else None
        try:
            return store_photo(upload.read()).pk
        except FileRefused as error:
            raise forms.ValidationError(_("JPEG, PNG and WebP pictures up to 20 MB are taken.")) from error

    def clean(self) -> dict[str, Any]:
        """Refuses what the writer would refuse, while everything typed is still in the form."""
        data = super().clean() or {}
        new = self._checked_content(data) if {"title", "body", "picture"} <= data.keys() else None
        if self.instance.pk:
            self._check_article(data)
            self._check_objections(new)
        return data

    def _check_article(self, data: dict[str, Any]) -> None:
        """Locks the article's row: the administration saves in the same transaction, so that what is true here is
        still true when the revision is written. Reports about it do not wait: they only rest on its key."""
        article = Article.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        if article.is_withdrawn:
            self.add_error(None, _("The article has been withdrawn; nothing in it can be changed."))
        if data.get("expected_revision") != article.latest:
            self.add_error(None, _("Somebody else has revised the article meanwhile. Compare before you save again."))
            self.data = {**self.data.dict(), "expected_revision": str(article.latest)}  # type: ignore[attr-defined]  # of a QueryDict

    def _check_objections(self, new: Content | None) -> None:
        if self.errors or not self.current or not new:
            return
        objection = articles.objection_to_revision(self.instance.pk, Content.of(self.current), new, self.by)
        if objection:
            self.add_error(None, str(objection))

    def write(self, *, by: StaffMember, now: datetime) -> None:
        """Publishes or revises through newsroom.articles and makes the result the form's instance."""
        data = self.cleaned_data
        if self.current:
            articles.revise(
                self.instance.pk,
                self._content(data),
                change=data["change"],
                origin=Revision.Origin.NEWSROOM,
                expected_revision=data["expected_revision"],
                by=by,
                now=now,
            )
            self.instance.refresh_from_db()
            return
        draft = ArticleDraft(data["language"], data["section"], self._content(data), data["bylines"])
        published = articles.publish(draft, by=by, origin=Revision.Origin.NEWSROOM, published_at=now)
        self.instance.pk, self.instance.published_at = published.pk, published.published_at
        self.instance.refresh_from_db()

    def _checked_content(self, data: dict[str, Any]) -> Content | None:
        try:
            new = articles.cleaned(self._content(data))
        except (articles.ContentIncomplete, RichTextRefused):
            self.add_error("body", _("The article needs a text, not too long and not nested too deeply."))
            return None
        if self.current and new == Content.of(self.current):
            self.add_error(None, _("Nothing has been changed."))
        elif self.current and (beyond := articles.beyond_bound(data.get("change", ""), Content.of(self.current), new)):
            self.add_error("change", str(beyond.label))
        return new

    def _content(self, data: dict[str, Any]) -> Content:
        return Content(
            title=data["title"],
            body=as_rich_text(data["body"]),
            standfirst=data.get("standfirst", ""),
            photo_id=data["picture"],
            photo_alternative=data.get("photo_alternative", ""),
            caption=data.get("caption", ""),
            credit=data.get("credit", ""),
        )


class WithdrawalForm(forms.Form):
    """Why an article is withdrawn, decided on the revision that its author saw."""

    reason = forms.CharField(label=_("Reason, for the public"), widget=forms.Textarea(attrs={"rows": 4}))
    expected_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def withdraw(self, article: Article, *, by: StaffMember, now: datetime) -> bool:
        """Withdraws the article; what the writer refuses becomes an error of the form, and the answer False."""
        data = self.cleaned_data
        try:
            articles.withdraw(
                article.pk, reason=data["reason"], expected_revision=data["expected_revision"], by=by, now=now
            )
        except articles.ContentIncomplete:
            self.add_error("reason", _("Give the reason"))
        except articles.Objected as objected:
            self.add_error(None, str(objected.reason))
        except (articles.ArticleIsWithdrawn, articles.ArticleChanged):
            self.add_error(None, _("The article was changed or withdrawn meanwhile."))
        return not self.errors


def as_rich_text(typed: str) -> str:
    """Typed paragraphs as HTML: text without a tag is split at empty lines and escaped."""
    if _TAG.search(typed):
        return typed
    paragraphs = typed.replace("\r\n", "\n").split("\n\n")
    return paragraphs_to_html([each for each in paragraphs if each.strip()])
