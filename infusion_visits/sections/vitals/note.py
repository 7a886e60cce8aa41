"""The vital signs of a visit in the note: one table over the phases, and what stands around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from infusion_visits.core.blocks import (
    Block,
    Column,
    Heading,
    Items,
    Paragraph,
    Side,
    Span,
    Table,
    Voice,
    Words,
    plain,
    quiet,
)
from infusion_visits.core.charted import (
    author_words,
    leaf_text,
    mark_words,
    time_words,
)
from infusion_visits.core.fields import Number
from infusion_visits.core.scales.news2 import News2, NotScored
from infusion_visits.core.units import NBSP, half_up, unit_of
from infusion_visits.patients.facts import Facts
from infusion_visits.sections.vitals.fields import VITAL_SIGNS
from infusion_visits.sections.vitals.limits import Limits, limits_for
from infusion_visits.sections.vitals.note_lines import method_words, missed_lines, worked_lines
from infusion_visits.sections.vitals.options import NO_FIGURE, STANDS_FOR
from infusion_visits.sections.vitals.sets import in_time, news2_of, stands
from infusion_visits.sections.vitals.signs import OutOfRange, entered, out_of_range
from infusion_visits.sections.vitals.values import Vitals, VitalsSet

_COLUMN_SIGNS = (
    "pulse",
    "respirations",
    "spo2",
    "temperature",
    "pain",
    "glucose",
    "weight",
    "etco2",
)
_CIRCUMSTANCES = (
    "limb",
    "position",
    "stood",
    "cuff",
    "method",
    "rhythm",
    "counted_full_minute",
    "consciousness",
    "oxygen",
    "oxygen_flow",
    "oxygen_percent",
    "sedation",
    "no_figure",
    "temperature_site",
    "pain_scale",
    "pain_where",
    "pain_how",
    "pain_accepted",
    "height",
    "head",
    "girth",
    "girth_of",
    "urine",
    "circumstances",
    "measured_by",
    "instrument",
    "confirmed",
)
_OF_PRESSURE = frozenset({"limb", "position", "stood", "cuff", "method"})
_MEASURED_SO = 6
_NAMED = {
    "limb": "BP on {}",
    "method": "BP {}",
    "rhythm": "pulse {}",
    "counted_full_minute": "counted for 60 s at the apex: {}",
    "oxygen_percent": "{} inhaled oxygen",
    "sedation": "sedation POSS {}",
    "temperature_site": "temperature {}",
    "pain_scale": "pain by {}",
    "pain_where": "pain in {}",
    "pain_how": "pain {}",
    "pain_accepted": "pain accepted up to {}",
    "height": "height {}",
    "head": "head circumference {}",
    "girth": "girth {}",
    "girth_of": "girth of {}",
    "urine": "urine {} in 24 h",
    "measured_by": "measured by {}",
    "instrument": "instrument {}",
    "confirmed": "measured again, stands: {}",
}
_LABELS = {
    "pulse": "Pulse /min",
    "respirations": "Resp /min",
    "spo2": "SpO2 %",
    "pain": "Pain",
    "etco2": "EtCO2 mmHg",
}


# In its own column the sign need not be named again.
_SHORT_NO_FIGURE = {
    "bp_unobtainable": "unobtainable",
    "pulse_absent": "none felt",
    "breathing_absent": "none",
    "spo2_no_signal": "no signal",
    "temperature_lo": "LO",
    "temperature_hi": "HI",
    "glucose_lo": "meter LO",
    "glucose_hi": "meter HI",
}


@dataclass(frozen=True, slots=True)
class _Page:
    """What every cell needs: the facts, the limits, and what is out of range in each set."""

    facts: Facts
    limits: Mapping[str, Limits]
    outs: Mapping[str, Mapping[str, OutOfRange]]

    def out(self, one: VitalsSet, sign: str) -> OutOfRange | None:
        if one.mark.struck is not None:
            return None
        return self.outs.get(one.mark.row.path(), {}).get(sign)


def blocks(values: Vitals, facts: Facts) -> list[Block]:
    """The heading, the table of sets, and the circumstances of each."""
    if not values.vital_signs and not values.missed_set:
        return []
    table = [sets_table(values, facts)] if values.vital_signs else []
    return [
        Heading("Vital signs", 2, beside=same_at_every_set(values, facts)),
        *table,
        *circumstances(values, facts),
    ]


def same_at_every_set(values: Vitals, facts: Facts) -> str:
    """`BP on left arm, sitting · alert, on air`: what is alike at two or more sets; else empty."""
    shared = _shared(values, facts)
    measured = [shared[name] for name in _CIRCUMSTANCES[:_MEASURED_SO] if name in shared]
    state = [shared[name] for name in _CIRCUMSTANCES[_MEASURED_SO:] if name in shared]
    parts = [", ".join(part) for part in (measured, state) if part]
    return f"{' · '.join(parts)} at every set" if parts else ""


def sets_table(values: Vitals, facts: Facts) -> Table:
    """The sets by time with their phase; only columns that have a figure."""
    limits = limits_for(facts)
    sets = in_time(values)
    page = _Page(
        facts,
        limits,
        {one.mark.row.path(): out_of_range(one, facts, limits) for one in sets},
    )
    columns = _columns(sets, page)
    return Table(
        tuple(column for column, _ in columns),
        tuple(tuple(cell(one) for _, cell in columns) for one in sets),
    )


def circumstances(values: Vitals, facts: Facts) -> list[Block]:
    """What differs from set to set, context, response, why a score or a sign is lacking, late and
    struck words: one line for each set that has any."""
    shared = _shared(values, facts)
    by_words: dict[Words, list[str]] = {}
    for one in in_time(values):
        if words := _around(one, shared, facts):
            by_words.setdefault(words, []).append(time_words(one.mark, facts) or "no time")
    rows = tuple(
        (Span(f"{', '.join(times)} ", Voice.STRONG), *words) for words, times in by_words.items()
    )
    rows += tuple(worked_lines(values, facts)) + tuple(missed_lines(values, facts))
    blocks: list[Block] = [Items(rows)] if rows else []
    kept = f"{facts.vitals_kept}." if facts.vitals_kept else ""
    below = " ".join(part for part in (kept, method_words(values, facts)) if part)
    if below:
        blocks.append(Paragraph(quiet(below)))
    return blocks


_Cell = Callable[[VitalsSet], Words]


def _columns(sets: Sequence[VitalsSet], page: _Page) -> list[tuple[Column, _Cell]]:
    columns: list[tuple[Column, _Cell]] = [
        (Column("Time", 2), lambda one: _said(one, time_words(one.mark, page.facts)))
    ]
    if any(_phase(one, page.facts) for one in sets):
        columns.append((Column("Phase", 3), lambda one: _said(one, _phase(one, page.facts))))
    if _any(sets, "systolic") or _any(sets, "diastolic"):
        columns.append((Column("BP mmHg", 3, Side.RIGHT), lambda one: _pressure(one, page)))
    columns += [_sign_column(sign, sets, page) for sign in _COLUMN_SIGNS if _any(sets, sign)]
    if any(isinstance(news2_of(one, page.facts), News2) for one in sets):
        columns.append((Column("NEWS2", 2, Side.RIGHT), lambda one: _score(one, page)))
    return columns


def _any(sets: Sequence[VitalsSet], sign: str) -> bool:
    return any(stands(one, sign) or sign in one.mark.not_done for one in sets)


def _sign_column(sign: str, sets: Sequence[VitalsSet], page: _Page) -> tuple[Column, _Cell]:
    unit = _one_unit(sign, sets)
    label = _LABELS.get(sign) or f"{_short_label(sign)} {unit}".strip()
    has_unit = sign in _LABELS or bool(unit)
    return (
        Column(label, 3 if sign == "glucose" else 2, Side.RIGHT),
        lambda one: _figure(one, sign, page, with_unit=not has_unit),
    )


def _short_label(sign: str) -> str:
    return "Temp" if sign == "temperature" else VITAL_SIGNS.leaf(sign).label


def _one_unit(sign: str, sets: Sequence[VitalsSet]) -> str:
    """The unit in which every set was typed; empty when they differ."""
    labels = {
        unit_of(code).label
        for one in sets
        if getattr(one, sign) is not None
        and (code := entered(one.mark, sign, getattr(one, sign))[1] or _canonical(sign))
    }
    return labels.pop() if len(labels) == 1 else ""


def _canonical(sign: str) -> str:
    leaf = VITAL_SIGNS.leaf(sign)
    return leaf.units[0].code if isinstance(leaf, Number) and leaf.units else ""


def _said(one: VitalsSet, text: str) -> Words:
    return (Span(text, Voice.STRUCK if one.mark.struck else Voice.PLAIN),) if text else ()


def _phase(one: VitalsSet, facts: Facts) -> str:
    return facts.phase_at(one.at) if one.at else ""


def _pressure(one: VitalsSet, page: _Page) -> Words:
    if one.systolic is None and one.diastolic is None:
        return _lacking(one, ("systolic", "diastolic"))
    text = f"{_plain_figure(one, 'systolic')}/{_plain_figure(one, 'diastolic')}"
    outs = [
        out for sign in ("systolic", "diastolic", "mean_pressure") if (out := page.out(one, sign))
    ]
    if not outs:
        return _said(one, text)
    flags = dict.fromkeys(str(out.side) for out in outs if out.side)
    return (Span(f"{text} {', '.join(flags)}", Voice.FLAG),)


def _figure(one: VitalsSet, sign: str, page: _Page, *, with_unit: bool) -> Words:
    value: Decimal | None = getattr(one, sign)
    if value is None:
        return _lacking(one, (sign,))
    text = _plain_figure(one, sign)
    if with_unit:
        code = entered(one.mark, sign, value)[1] or _canonical(sign)
        text = f"{text}{NBSP}{unit_of(code).label}"
    out = page.out(one, sign)
    if out is None:
        return _said(one, text)
    return (Span(f"{text} {out.flag}", Voice.FLAG),)


def _plain_figure(one: VitalsSet, sign: str) -> str:
    value = getattr(one, sign)
    if value is None:
        return "–"
    text, _ = entered(one.mark, sign, value)
    if sign == "temperature" and "." not in text:
        return str(half_up(Decimal(text), 1))
    return text


def _lacking(one: VitalsSet, signs: tuple[str, ...]) -> Words:
    labels = {option.key: option.label for option in NO_FIGURE}
    for key in one.no_figure or ():
        if set(STANDS_FOR.get(key, ())) & set(signs):
            return (Span(_SHORT_NO_FIGURE.get(key, labels.get(key, key)), Voice.FLAG),)
    if any(sign in one.mark.not_done for sign in signs):
        return (Span("not done", Voice.QUIET),)
    return ()


def _score(one: VitalsSet, page: _Page) -> Words:
    if one.mark.struck is not None:
        return ()
    scored = news2_of(one, page.facts)
    if isinstance(scored, NotScored):
        return (Span("not scored", Voice.QUIET),)
    out = page.out(one, "news2")
    if out:
        return (Span(f"{scored.total} {out.flag}", Voice.FLAG),)
    return plain(str(scored.total))


def _shared(values: Vitals, facts: Facts) -> dict[str, str]:
    """The circumstances that are the same words at every standing set, where there are several."""
    sets = [one for one in values.vital_signs if one.mark.struck is None]
    shared = {}
    for name in _CIRCUMSTANCES:
        asked = [one for one in sets if name not in _OF_PRESSURE or one.systolic is not None]
        said = {_circumstance(one, name, facts) for one in asked}
        text = said.pop() if len(said) == 1 and len(asked) > 1 else ""
        if text:
            shared[name] = text
    return shared


def _circumstance(one: VitalsSet, name: str, facts: Facts) -> str:
    text = leaf_text(VITAL_SIGNS.leaf(name), one, facts)
    return _NAMED.get(name, "{}").format(text) if text else ""


def _around(one: VitalsSet, shared: Mapping[str, str], facts: Facts) -> Words:
    said = [
        text
        for name in ("extent", *_CIRCUMSTANCES)
        if (text := _circumstance(one, name, facts)) and (name not in shared or one.mark.struck)
    ]
    said += [text for text in (one.context, one.response) if text]
    words: list[Span] = [Span(", ".join(said))] if said else []
    for name, reason in one.mark.not_done.items():
        label = VITAL_SIGNS.leaf(name).label
        told = f", {reason.words}" if reason.words else ""
        words.append(Span(f"{label} not done: {reason.reason}{told}", Voice.FLAG))
    words += mark_words(one.mark, facts)
    if not words:
        return ()
    parts: list[Span] = []
    for number, span in enumerate(words):
        if number:
            parts.append(Span("; "))
        parts.append(span)
    by = author_words(one.mark, facts)
    if by and len(_authors(facts)) > 1:
        parts.append(Span(f" ({by})", Voice.QUIET))
    return tuple(parts)


def _authors(facts: Facts) -> frozenset[str]:
    return frozenset(facts.people.values())
