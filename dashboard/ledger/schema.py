"""The version of the ledger's database, and how one of a former version is brought up to it."""

import threading
from collections.abc import Collection
from pathlib import Path

import sqlalchemy as sa

from dashboard.domain import ledger_words
from dashboard.domain.errors import DashboardError

VERSION = "3"
"""The last script of migrations/."""

_ONE_AT_A_TIME = threading.Lock()  # scripts speak to whatever is at work in their process

_NAMES = sa.text("select name from sqlite_master where type in ('table', 'trigger')")
_STORED = sa.text("select version_num from alembic_version")
_KEPT_IN = "alembic_version"


def names(connection: sa.Connection) -> frozenset[str]:
    """Return the tables and triggers there are."""
    return frozenset(connection.execute(_NAMES).scalars())


def version(connection: sa.Connection, tables: Collection[str]) -> str | None:
    """Return the version a database bears; None before there were any."""
    stored = connection.execute(_STORED).scalar_one_or_none() if _KEPT_IN in tables else None
    return None if stored is None else str(stored)


def bring_up(connection: sa.Connection) -> None:
    """Run what is missing, inside the transaction of the connection: all of it or nothing.

    DashboardError where the database is of a version that nobody here knows: that of newer code.
    """
    # Half a second to import, which only who needs it pays.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    folder = Path(__file__).with_name("migrations")
    scripts = ScriptDirectory(str(folder), version_locations=[str(folder)])
    found = version(connection, names(connection))
    if found is not None and found not in {script.revision for script in scripts.walk_revisions()}:
        raise DashboardError(ledger_words.newer_ledger(found, VERSION))
    steps = EnvironmentContext(
        Config(), scripts, fn=lambda before, _: scripts._upgrade_revs(VERSION, before), destination_rev=VERSION
    )
    with _ONE_AT_A_TIME, steps as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
