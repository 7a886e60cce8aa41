"""Every table of the house in one place: for the revision command and the tests of migrations.

`python -m infusion_visits.app.schema revision "message"` writes the next migration and schema.sql;
with `--rewrite-newest` it writes the newest one anew, until the version that brings it is released.
"""

from __future__ import annotations

import argparse

from sqlmodel import SQLModel

import infusion_visits.patients.tables
import infusion_visits.records.change_log
import infusion_visits.records.draft_text
import infusion_visits.sections.stores
import infusion_visits.team.tables
import infusion_visits.visits.tables  # noqa: F401
from infusion_visits.records.revise import add_revision, rewrite_newest

METADATA = SQLModel.metadata


def main(arguments: list[str] | None = None) -> int:
    """The revision command; prints where the new migration lies."""
    parser = argparse.ArgumentParser(prog="python -m infusion_visits.app.schema")
    commands = parser.add_subparsers(dest="command", required=True)
    revision = commands.add_parser("revision", help="write the next migration and schema.sql")
    revision.add_argument("message", nargs="?", help="what changes, in a few words")
    revision.add_argument(
        "--rewrite-newest", action="store_true", help="write the newest migration anew"
    )
    given = parser.parse_args(arguments)
    if not given.message:
        parser.error("say in a few words what changes")
    write = rewrite_newest if given.rewrite_newest else add_revision
    path = write(METADATA, given.message)
    print(path)  # noqa: T201 - a command for developers
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
