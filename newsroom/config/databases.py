"""The database, from DATABASE_URL: PostgreSQL, or SQLite in one file."""

from typing import Any

from newsroom.config import environment
from newsroom.config.environment import read

#: No statement runs or waits for long. Compiling (jit) took 850 of the 1,017 ms of a statement over 47,000 cases. With
#: the default of 4 MB for a statement's work, what 100,000 cases are counted by is sorted on the disk: 140 ms, not 70.
_POSTGRES_LIMITS = "-c statement_timeout=15000 -c lock_timeout=5000 -c jit=off -c work_mem=16MB"
#: How alike a word must be that the search takes for the typed one; the default of 0.6 misses most Arabic pairs (a dual
#: 0.67, a plural against its singular 0.63, with a joined article 0.50).
_POSTGRES_LIKENESS = "-c pg_trgm.word_similarity_threshold=0.45"


def default_database() -> dict[str, Any]:
    """What Django's DATABASES holds for it."""
    database: dict[str, Any] = read.db_url(
        "DATABASE_URL", default=f"sqlite:///{environment.data_directory}/tashih.sqlite3"
    )
    if database["ENGINE"].endswith("sqlite3"):
        # IMMEDIATE: without it read-then-write transactions of several threads fail with "database is locked"
        # (637 of 1,000 in WAL with deferred transactions, 0 of 1,000 with IMMEDIATE).
        options = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
        return database | {"OPTIONS": options}
    options = {"connect_timeout": 2, "options": f"{_POSTGRES_LIMITS} {_POSTGRES_LIKENESS}"}
    kept = read.int("DATABASE_CONNECTION_SECONDS", default=60)
    return database | {
        "CONN_MAX_AGE": kept,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": database.get("OPTIONS", {}) | options,
    }
