"""Put contacts into an SQLite database, in memory: it is written to the disk whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing

from crmtool.assessment import Assessment
from crmtool.errors import CrmtoolError
from crmtool.exporters.database import Rows, filled
from crmtool.exporters.database.tables import TABLES
from crmtool.exporters.database.views import VIEWS
from crmtool.report.edition import Edition


def database(assessments: Sequence[Assessment], edition: Edition, *, rev: str | None = None) -> bytes:
    """Give the bytes of a database; equal input and the same SQLite give equal bytes. Raises CrmtoolError."""
    rows = filled(assessments, edition.rulebook, edition.day, notes=edition.bodies, rev=rev)
    try:
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(f"BEGIN; {TABLES} {VIEWS}")
            for table in rows:
                _insert(connection, table)
            connection.execute("COMMIT")
            return connection.serialize()
    except sqlite3.Error as error:
        raise CrmtoolError(f"the database cannot be made: {error}") from None


def _insert(connection: sqlite3.Connection, table: Rows) -> None:
    if table.rows:
        places = ", ".join("?" * len(table.rows[0]))
        connection.executemany(f"INSERT INTO {table.table} VALUES ({places})", table.rows)
