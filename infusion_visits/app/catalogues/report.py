"""What a looked-at file comes to, in plain lines: what is wrong with it, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.catalogue_changes import What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.app.catalogues.checking import Checked
    from infusion_visits.core.catalogue_changes import EntryChange

PER_PROTOCOL = "Per agency protocol and prescriber's order."
_NOTHING_CHANGES = "It changes nothing: all that it says is the program's already."


def headline(checked: Checked) -> str:
    """One sentence: `Vital signs: limits, agency edition 2026-1: 2 entries change, 1 is new.`"""
    if not checked.good:
        count = len(checked.problems)
        said = "1 thing is wrong" if count == 1 else f"{count} things are wrong"
        return f"{checked.file} cannot be used: {said}."
    title = checked.known.title if checked.known else checked.file
    if not checked.changes:
        return f"{title}, agency edition {checked.edition}. {_NOTHING_CHANGES}"
    return f"{title}, agency edition {checked.edition}: {counted(checked.changes)}."


def counted(changes: tuple[EntryChange, ...]) -> str:
    """`2 entries change, 1 is new, 1 is taken out`."""
    numbers = {what: sum(1 for one in changes if one.what is what) for what in What}
    said = []
    if number := numbers[What.CHANGED]:
        said.append("1 entry changes" if number == 1 else f"{number} entries change")
    if number := numbers[What.NEW]:
        said.append(f"{number} {'is' if number == 1 else 'are'} new")
    if number := numbers[What.TAKEN_OUT]:
        said.append(f"{number} {'is' if number == 1 else 'are'} taken out")
    return ", ".join(said)


def report_lines(checked: Checked) -> tuple[str, ...]:
    """The whole report for a terminal; the screen shows the same parts."""
    return tuple(_lines(checked))


def _lines(checked: Checked) -> Iterator[str]:
    for problem in checked.problems:
        yield problem.said(checked.file)
    if checked.problems:
        yield ""
    yield headline(checked)
    for change in checked.changes:
        yield ""
        path = ".".join(str(part) for part in change.place)
        what = "" if change.what is What.CHANGED else f", {change.what}"
        yield f"{change.title} [{path}]{what}"
        for field in change.fields:
            if change.what is What.NEW:
                yield f"  {field.field}: {field.new}"
            else:
                yield f"  {field.field}: {field.old} -> {field.new}"
        if change.what is not What.TAKEN_OUT:
            yield f"  source: {change.own_source or 'none named'}"
    if checked.good and checked.changes:
        yield ""
        yield PER_PROTOCOL
