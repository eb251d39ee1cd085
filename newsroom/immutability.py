"""Rows that the database itself refuses to change or delete, for migrations.

On SQLite Django rebuilds a table to alter it and loses the triggers with it: a migration that alters a protected
table calls `forbid_changes` again afterwards. A test compares the triggers with the list of protected tables.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END $$
"""


def forbid_changes(schema_editor: BaseDatabaseSchemaEditor, table: str, columns: Sequence[str] = ()) -> None:
    """Creates the triggers that refuse DELETE and UPDATE on a table (PostgreSQL and SQLite): every UPDATE, or only one
    of the given columns."""
    update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    if schema_editor.connection.vendor == "postgresql":
        # None, not no parameters: the % in it belongs to PL/pgSQL.
        schema_editor.execute(_POSTGRESQL_FUNCTION, params=None)
        schema_editor.execute(
            f"CREATE OR REPLACE TRIGGER {table}_is_immutable BEFORE DELETE OR {update} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        return
    for name, change in (("update", update), ("delete", "DELETE")):
        schema_editor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {table}_refuses_{name} BEFORE {change} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed or deleted'); END"
        )


def allow_changes(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Removes the triggers of `forbid_changes`."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_is_immutable ON {table}")
        return
    for change in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{change}")
