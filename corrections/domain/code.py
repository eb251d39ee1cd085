"""The code of ethics as it stands: the clauses that readers and editors choose from."""

from corrections.models import Clause


def active_clauses() -> list[Clause]:
    """The clauses in force, in their order."""
    return list(Clause.objects.filter(is_retired=False))
