"""What of the clinical reference is held by tests: `python -m tests.clinical_reference`.

Prints for each section how many rows it has, how many have a case and how many a reason for having
none, then the reasons, then every row with neither. Ends with 1 while there is one.

    python -m tests.clinical_reference              the count
    python -m tests.clinical_reference rows 8.1     the rows of a section with their text
    python -m tests.clinical_reference open 8.1     those of them with neither case nor reason
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from tests.clinical_reference.cases import all_cases
from tests.clinical_reference.coverage import sections

if TYPE_CHECKING:
    from tests.clinical_reference.rows import Row


def main(words: list[str]) -> int:
    """Does what is asked; returns the exit code."""
    if len(words) == 2 and words[0] in {"rows", "open"}:
        return _list(words[1], only_open=words[0] == "open")
    if words:
        print(__doc__)
        return 2
    return _count()


def _list(name: str, *, only_open: bool) -> int:
    for section in sections():
        if section.name != name and not section.name.startswith(f"{name}."):
            continue
        rows: list[Row] = list(section.wanting)
        if not only_open:
            rows += [*section.covered, *(row for row, _ in section.excused)]
        for row in sorted(rows, key=lambda row: row.line):
            print(f"{row.address}\n    {row.text}")
    return 0


def _count() -> int:
    found = sections()
    cases = Counter(case.row.partition("/")[0] for case in all_cases())
    print("section   rows  covered  reason  neither  cases")
    for one in found:
        print(
            f"{one.name:<8}{one.rows:>6}{len(one.covered):>9}{len(one.excused):>8}"
            f"{len(one.wanting):>9}{cases[one.name]:>7}"
        )
    covered = sum(len(one.covered) for one in found)
    excused = [pair for one in found for pair in one.excused]
    wanting = [row for one in found for row in one.wanting]
    print(
        f"{'all':<8}{sum(one.rows for one in found):>6}{covered:>9}{len(excused):>8}"
        f"{len(wanting):>9}{sum(cases.values()):>7}"
    )
    by_reason: dict[str, list[str]] = {}
    for row, why in excused:
        by_reason.setdefault(why, []).append(row.address)
    print("\nNot covered, with the reason:")
    for why, addresses in by_reason.items():
        print(f"  {why}\n    {', '.join(addresses)}")
    if not wanting:
        print("\nEvery row has a case or a reason.")
        return 0
    print(f"\nNeither case nor reason ({len(wanting)}):")
    for row in wanting:
        print(f"  {row.address}: {row.text[:90]}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
