"""What administrators set for the desk: clauses of the code of ethics, holidays, keys for machines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Clause(models.Model):
    """One clause in one version of the code. Cases keep the version they were judged by: a change of words is a
    new row with a higher version, and the old one is retired."""

    key = models.SlugField(_("key"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    hint_ar = models.CharField(_("hint in Arabic"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    #: What the code says; a clause without words is only a choice of the form.
    text_ar = models.TextField(_("words in Arabic"), blank=True)
    text_en = models.TextField(_("words in English"), blank=True)
    #: When this version was made; none for the code that the site started with.
    made_at = models.DateTimeField(_("made at"), null=True, editable=False)
    #: A complaint under such a clause goes to the front of the queue and runs on clock hours.
    concerns_safety = models.BooleanField(_("about people’s safety"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_retired = models.BooleanField(_("retired"), default=False)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "key", "-version"]
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="one_clause_per_version")]

    def __str__(self) -> str:
        return f"{self.name_ar} – {self.name_en}"

    def name_in(self, language: str) -> str:
        """The clause's name in one language of the site."""
        return self.name_ar if language == "ar" else self.name_en

    def text_in(self, language: str) -> str:
        """What the code says, in one language of the site."""
        return self.text_ar if language == "ar" else self.text_en

    def hint_in(self, language: str) -> str:
        """The clause's hint in one language of the site."""
        return self.hint_ar if language == "ar" else self.hint_en


class Holiday(models.Model):
    """A day on which the desk does not work. Adding one may move a deadline later, never earlier."""

    day = models.DateField(_("day"), unique=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=100)
    name_en = models.CharField(_("name in English"), max_length=100)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%Y/%m/%d}"


class ApiToken(models.Model):
    """A key with which a program works on the desk in a staff member's name. Only its keyed hash is stored."""

    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(_("first characters"), max_length=8)
    token_hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(_("may change cases"), default=False)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("expires"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("key for machines")
        verbose_name_plural = _("keys for machines")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
