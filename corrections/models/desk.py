"""What administrators set for the desk: clauses of the code of ethics, holidays, keys for machines."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.code_parts import CodePart


class Clause(models.Model):
    """One version of one clause of the code. Written by corrections.domain.code alone.

    The words of a version never change (the database refuses it): other words are a new row with a higher version.
    Cases keep the version they came with, decisions the one they judged by. At most one version is in force.
    """

    key = models.SlugField(_("key"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    part = models.CharField(_("part of the code"), max_length=12, choices=CodePart)
    name_ar = models.CharField(_("name in Arabic"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    hint_ar = models.CharField(_("hint in Arabic"), max_length=300, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=300, blank=True)
    text_ar = models.TextField(_("words in Arabic"), blank=True)
    text_en = models.TextField(_("words in English"), blank=True)
    #: A complaint under such a clause goes to the front of the queue, and its first reply runs on clock hours.
    concerns_safety = models.BooleanField(_("about people’s safety"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    published_at = models.DateTimeField(_("in force since"))
    retired_at = models.DateTimeField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["position", "key", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_clause_per_version"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(retired_at__isnull=True), name="one_version_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name_ar} – {self.name_en}"

    def name_in(self, language: str) -> str:
        """The clause's name in one language of the site."""
        return self.name_ar if language == "ar" else self.name_en

    def hint_in(self, language: str) -> str:
        """The clause's hint in one language of the site."""
        return self.hint_ar if language == "ar" else self.hint_en

    def text_in(self, language: str) -> str:
        """What the clause asks for, in one language of the site; its hint where nobody wrote more."""
        return (self.text_ar if language == "ar" else self.text_en) or self.hint_in(language)


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
    #: To the hour, so that a program that reads all day writes rarely.
    used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("key for machines")
        verbose_name_plural = _("keys for machines")

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
