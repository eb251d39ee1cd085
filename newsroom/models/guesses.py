"""How often a password was guessed wrong in a row."""

from django.db import models


class Guesses(models.Model):
    """Wrong guesses in a row at one password by one group of guessers. `key` is a keyed hash of what was typed, whether
    or not there is such an account: nobody learns from it who has one."""

    key = models.CharField(max_length=64, unique=True)
    in_a_row = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.in_a_row}"
