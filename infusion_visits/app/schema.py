"""Every table of the house in one place: for the revision command and the tests of migrations.

`python -m infusion_visits.app.schema revision "message"` writes the next migration and schema.sql;
with `--rewrite-first` instead of a message it writes the first one anew, until the first release.
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
from infusion_visits.records.revise import add_revision, rewrite_first

METADATA = SQLModel.metadata


def main(arguments: list[str] | None = None) -> int:
    """The revision command; prints where the new migration lies."""
    parser = argparse.ArgumentParser(prog="python -m infusion_visits.app.schema")
    commands = parser.add_subparsers(dest="command", required=True)
    revision = commands.add_parser("revision", help="write the next migration and schema.sql")
    revision.add_argument("message", nargs="?", help="what changes, in a few words")
    revision.add_argument(
        "--rewrite-first", action="store_true", help="write the first migration anew"
    )
    given = parser.parse_args(arguments)
    if given.rewrite_first:
        path = rewrite_first(METADATA)
    elif given.message:
        path = add_revision(METADATA, given.message)
    else:
        parser.error("say in a few words what changes")
    print(path)  # noqa: T201 - a command for developers
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
