"""Home medicines gone through, in the note: what changed in a table, what stays in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Block, Column, Paragraph, Span, Table, Voice, Words
from infusion_visits.core.charted import (
    after,
    author_words,
    joined,
    leaf_words,
    mark_words,
    time_words,
)
from infusion_visits.sections.medicines.flags import catalogue_of
from infusion_visits.sections.medicines.home_list import (
    NEW_MEDICINE,
    RECONCILED_MEDICINE,
    RECONCILIATION,
    STILL,
)

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts
    from infusion_visits.sections.medicines.values import (
        Medicines,
        NewHomeMedicine,
        ReconciledMedicine,
        Reconciliation,
    )

_NOW = ("dose", "route", "frequency", "reason")
_NEW = ("dose", "route", "frequency")
_MORE = ("reason", "since", "over_the_counter", "prescriber")
_NAMED = frozenset({"reason", "since", "over_the_counter", "prescriber"})


def home_blocks(values: Medicines, facts: Facts) -> list[Block]:
    """The list as it was gone through; nothing where nothing was charted of it."""
    made: list[Block] = []
    if values.reconciliation is not None:
        made.append(_how(values.reconciliation, facts))
    plain = [one for one in values.reconciled_medicine if _is_plain(one)]
    rows = [_answer(one, facts) for one in values.reconciled_medicine if not _is_plain(one)]
    rows += [_new(one, facts) for one in values.new_home_medicine]
    if rows:
        columns = (
            Column("Home medicine", 6),
            Column("State", 3),
            Column("Now taken", 7),
            Column("Why, by whom", 6),
        )
        made.append(Table(columns, tuple(rows)))
    if plain:
        said = "; ".join(_named(one, facts) for one in plain)
        lead = Span("Home medicines still taken as listed: ", Voice.STRONG)
        made.append(Paragraph((lead, Span(f"{said}."))))
    return made


def _how(one: Reconciliation, facts: Facts) -> Paragraph:
    voice = Voice.STRUCK if one.mark.struck else Voice.PLAIN
    when = time_words(one.mark, facts)
    said: list[Span] = [Span("Home medicines reconciled", Voice.STRONG)]
    at = (Span(when, voice),) if when else leaf_words(
        RECONCILIATION.leaf("reconciled_at"), one, facts
    )  # fmt: skip
    said += [Span(" "), *at] if at else []
    by = author_words(one.mark, facts)
    said += [Span(f" by {by}", voice)] if by else []
    rest = joined(RECONCILIATION, ("sources", "told", "note"), one, facts, named=("told",))
    said += [Span(": "), *rest] if rest else []
    said += [Span("."), *after(mark_words(one.mark, facts))]
    return Paragraph(tuple(said))


def _is_plain(one: ReconciledMedicine) -> bool:
    odd = one.mark.struck or one.mark.not_done
    return one.answer == STILL and not odd and not any(getattr(one, name) for name in _NOW)


def _named(one: ReconciledMedicine, facts: Facts) -> str:
    name = one.medicine or f"number {one.number} of the list"
    flags = ", ".join(flag.label for flag in catalogue_of(facts).flags_of(name, facts))
    return f"{name} ({flags})" if flags else name


def _answer(one: ReconciledMedicine, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if one.mark.struck else Voice.PLAIN
    missing = leaf_words(RECONCILED_MEDICINE.leaf("medicine"), one, facts)
    return (
        (Span(_named(one, facts), voice),) if one.medicine else missing,
        joined(RECONCILED_MEDICINE, ("answer",), one, facts),
        joined(RECONCILED_MEDICINE, _NOW, one, facts, named=_NAMED),
        (
            *joined(RECONCILED_MEDICINE, ("words",), one, facts),
            *after(mark_words(one.mark, facts)),
        ),
    )


def _new(one: NewHomeMedicine, facts: Facts) -> tuple[Words, ...]:
    voice = Voice.STRUCK if one.mark.struck else Voice.STRONG
    return (
        joined(NEW_MEDICINE, ("medicine",), one, facts),
        (Span("new", voice),),
        joined(NEW_MEDICINE, _NEW, one, facts),
        (
            *joined(NEW_MEDICINE, _MORE, one, facts, named=_NAMED),
            *after(mark_words(one.mark, facts)),
        ),
    )
