"""May the line be used as it was found? Clinical reference 2.1, 2.5 and 3: what the check saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infusion_visits.core.findings import Finding
    from infusion_visits.patients.facts import LineFact, LumenFact
    from infusion_visits.visits.rules.before_start.asked import Start

_NO_RETURN = ("none", "sluggish")


def as_the_line_was_found(start: Start) -> Iterator[Finding]:
    """The line and its lumen as this visit found them; asked only before the start.

    What was found after it (a phlebitis, a lumen that blocked) did not hold it.
    """
    line = start.line
    if line is None or start.began:
        return
    if not line.for_infusion:
        words = f"{line.label} is not for an infusion."
        yield start.stop("line-not-ours", words, field="device_id")
        return
    if line.why_not:
        words = f"Not through the {_lower(line.label)}: {line.why_not}."
        yield start.stop("line-unfit", words, field="device_id")
    if line.accessed is False:
        words = "No needle is in the port: access it, and chart the access with the line."
        yield start.stop("no-needle", words, field="device_id", do_first=True)
    lumen = line.lumen(start.one.lumen if start.one else None)
    if lumen is not None:
        yield from _lumen(start, line, lumen)


def _lumen(start: Start, line: LineFact, lumen: LumenFact) -> Iterator[Finding]:
    name = f"the {lumen.name} lumen" if len(line.lumen_facts) > 1 else "this line"
    if lumen.why_not:
        words = f"Not through {name}: {lumen.why_not}."
        yield start.stop("lumen-unfit", words, field="lumen")
    kept_for = lumen.dedicated_drug
    if kept_for and not _is_the_drug(start, kept_for):
        words = f"{name[:1].upper()}{name[1:]} is kept for {kept_for}."
        yield start.stop("lumen-dedicated", words, field="lumen")
    therapy = start.therapy
    if therapy is None or lumen.blood_return not in _NO_RETURN:
        return
    words = f"{therapy.name} with blood return {lumen.blood_return} in {name}"
    if therapy.tissue_class == "vesicant":
        yield start.stop(
            "no-blood-return",
            f"{words}: no vesicant without blood return.",
            field="lumen",
            detail="Reposition, cough, clamps and dressing; then the prescriber.",
        )
    elif therapy.tissue_class in {"intermediate", "irritant"}:
        yield start.advice("blood-return", f"{words}: look before it runs.", field="lumen")


def _is_the_drug(start: Start, kept_for: str) -> bool:
    """Whether the lumen's own drug is the ordered one, by any of its names."""
    order = start.order
    if order is None:
        return False
    names = [order.drug, order.brand]
    if order.therapy is not None:
        names += [order.therapy.key, order.therapy.name]
    wanted = kept_for.casefold()
    return any(name and (name.casefold() in wanted or wanted in name.casefold()) for name in names)


def _lower(label: str) -> str:
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
