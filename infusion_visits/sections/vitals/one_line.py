"""A set of vital signs from one typed line: `118/76 72 16 98 98.4 0 a air @0930`.

The order is fixed and never guessed: BP, pulse, respirations, SpO2, temperature, pain; `-` stands
for a sign that was not taken. Named parts may stand anywhere: `p5` pain, `t98.4`, `hr72`, `rr16`,
`o98` SpO2, `w154lb`, `h68in`, `hc47`, `ga91` girth of the abdomen, `u1450` urine, `bg110`, `et38`
end-tidal CO2, `poss3`; `a c v p u` consciousness; `air`, `o2 2`, `fi28`; `la ra ll rl lt rt` limb;
`sit`, `lie`, `stand1`; `irr`; `nobp`, `bglo` what a meter could not give; `rc` a recheck of some
signs; `@0930` or `@-5` the time; `;` opens the context.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from infusion_visits.core.fields import Columns, NotAValue, Number, Sense
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, NBSP, half_up
from infusion_visits.sections.vitals import one_line_words as say
from infusion_visits.sections.vitals.fields import LIMBS, VITAL_SIGNS
from infusion_visits.sections.vitals.options import LIMB_BARRED_AS, STANDS_FOR

if TYPE_CHECKING:
    from infusion_visits.sections.vitals.limits import Limits


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the line cannot be kept as it stands; words for the nurse."""

    words: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure that is hardly one of this sign: asked about before Enter, kept when confirmed."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Echo:
    """One part of what the line will be kept as; `quiet` stands beside it in the second voice."""

    field: str
    text: str
    quiet: str = ""
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line means: the text of each field as it would be typed there, and its echo."""

    texts: Mapping[str, str] = field(default_factory=dict)
    echo: tuple[Echo, ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    columns: Columns = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether Enter may keep it (after its doubts were confirmed)."""
        return bool(self.texts) and not self.problems

    @property
    def words(self) -> str:
        """The echo as one line."""
        return " · ".join(part.text for part in self.echo)


class _Draft:
    """The texts as they come together while the line is read."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.problems: list[Problem] = []
        self.slot = 0

    def add(self, name: str, key: str) -> None:
        """One more of several choices."""
        self.texts[name] = f"{self.texts[name]}, {key}" if name in self.texts else key

    def put(self, name: str, text: str) -> None:
        if name in self.texts:
            label = VITAL_SIGNS.leaf(name).label
            self.problem(f"{label} stands there twice.")
            return
        self.texts[name] = text

    def problem(self, words: str) -> None:
        self.problems.append(Problem(words))


def read_line(
    line: str,
    sense: Sense,
    limits: Mapping[str, Limits],
    carried: Mapping[str, str] | None = None,
    barred: Mapping[str, str] | None = None,
) -> Reading:
    """What `line` means. Nothing typed (besides blanks) gives an empty Reading.

    `carried` are texts that stand unless the line says otherwise (limb and position of the set
    before); they are echoed like typed ones, so that the echo always says all that is kept.
    `barred` are the limbs on which no blood pressure is taken ("left arm") and why.
    """
    typed, _, context = line.partition(";")
    tokens = typed.split()
    if not tokens and not context.strip():
        return Reading()
    draft = _Draft()
    flow_may_follow = False
    for token in tokens:
        flow_may_follow = _read_token(draft, token, token.lower(), flow_may_follow=flow_may_follow)
    if context.strip():
        draft.put("context", context.strip())
    measured = set(draft.texts) - {"at", "context"}
    if not measured:
        draft.problem(f"Type the figures, such as {say.EXAMPLE}.")
    texts = {"at": "now", **draft.texts}
    for name, text in (carried or {}).items():
        if name != "limb" or "systolic" in texts:
            texts.setdefault(name, text)
    return _reading(texts, draft.problems, sense, limits, barred or {})


def _read_token(draft: _Draft, token: str, low: str, *, flow_may_follow: bool) -> bool:
    """Reads one token; True when an oxygen flow may be the next one."""
    if low.startswith("@"):
        if len(low) > 1:
            draft.put("at", low[1:])
        else:
            draft.problem("Type the time after @, such as @0930 or @-5.")
    elif low in say.WORDS:
        name, key = say.WORDS[low]
        draft.put(name, key)
        return low == "o2"
    elif low in say.NO_FIGURE:
        draft.add("no_figure", say.NO_FIGURE[low])
        draft.slot += low == say.STANDS_AT.get(draft.slot)
    elif low in say.CIRCUMSTANCES:
        draft.add("circumstances", say.CIRCUMSTANCES[low])
    elif found := say.SEDATION.match(low):
        draft.put("sedation", found[1].upper())
    elif found := say.STANDING.match(low):
        draft.put("position", "standing")
        draft.put("stood", found[1])
    elif flow_may_follow and (say.FIGURE.match(low) or say.FLOW.match(low)):
        draft.put("oxygen_flow", low.removesuffix("/min").removesuffix("l"))
    elif found := say.FLOW.match(low):
        draft.put("oxygen_flow", found[1])
        draft.texts.setdefault("oxygen", "oxygen")
    else:
        _read_figure(draft, token, low)
    return False


def _read_figure(draft: _Draft, token: str, low: str) -> None:
    pressures, named = say.PRESSURES.match(low), say.NAMED.match(low)
    bare = say.BARE_TEMPERATURE.match(low)
    if pressures:
        if draft.slot == 0 and not low.startswith("bp"):
            draft.slot = 1
        elif not low.startswith("bp"):
            draft.problem("BP stands first; write - for a sign that was not taken.")
        draft.put("systolic", pressures[1])
        draft.put("diastolic", pressures[2])
    elif named:
        _put_named(draft, say.NAMES[named[1]], named[2], named[3] or "")
    elif low == "-" or say.FIGURE.match(low) or bare:
        _read_in_order(draft, token, low)
    else:
        draft.problem(f"“{token}” is not known here. An example: {say.EXAMPLE}")


def _put_named(draft: _Draft, name: str, figure: str, unit: str) -> None:
    if name == "temperature":
        draft.put(name, _temperature_text(draft, figure, unit))
        return
    draft.put(name, f"{figure} {unit}".strip())
    if name == "girth":
        draft.put("girth_of", "abdomen")
    if name == "oxygen_percent":
        draft.texts.setdefault("oxygen", "oxygen")


def _read_in_order(draft: _Draft, token: str, low: str) -> None:
    if draft.slot >= len(say.SLOTS):
        draft.problem(f"“{token}” is one figure too many after pain.")
        return
    slot = say.SLOTS[draft.slot]
    bare = say.BARE_TEMPERATURE.match(low)
    draft.slot += 1
    if low == "-":
        return
    if slot == "bp":
        draft.problem(
            f"BP stands first, such as 118/76, or - when not taken; “{token}” is not one."
        )
    elif slot == "temperature":
        figure, unit = (bare[1], bare[2]) if bare else (low, "")
        draft.put(slot, _temperature_text(draft, figure, unit))
    elif bare:
        draft.problem(f"“{token}” stands where the {say.SLOT_WORDS[slot]} should be.")
    else:
        draft.put(slot, low)


def _temperature_text(draft: _Draft, figure: str, unit: str) -> str:
    """The figure with its unit: the typed one, else the one whose range it lies in."""
    if unit:
        return f"{figure} {'°C' if unit == 'c' else '°F'}"
    try:
        value = Decimal(figure)
    except InvalidOperation:  # pragma: no cover (the pattern admits only figures)
        return figure
    if say.CELSIUS_RANGE[0] <= value <= say.CELSIUS_RANGE[1]:
        return f"{figure} °C"
    if say.FAHRENHEIT_RANGE[0] <= value <= say.FAHRENHEIT_RANGE[1]:
        return f"{figure} °F"
    draft.problem(
        f"Temperature {figure} is neither °C (30 to 45) nor °F (80 to 115); "
        f"write {figure}c or {figure}f where it was measured."
    )
    return figure


def _reading(
    texts: Mapping[str, str],
    problems: list[Problem],
    sense: Sense,
    limits: Mapping[str, Limits],
    barred: Mapping[str, str],
) -> Reading:
    found = list(problems)
    columns: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for leaf in VITAL_SIGNS.leaves:
        if leaf.name not in texts:
            continue
        parsed = leaf.parse(texts[leaf.name], sense)
        if isinstance(parsed, NotAValue):
            found.append(Problem(f"{leaf.label}: {parsed.words}"))
            continue
        columns.update(parsed)
        kept[leaf.name] = texts[leaf.name]
    high, low = columns.get("systolic"), columns.get("diastolic")
    if high is not None and low is not None and low >= high:
        found.append(Problem(f"Diastolic {low} is not below systolic {high}."))
    if columns.get("oxygen") == "air" and "oxygen_flow" in columns:
        found.append(Problem("On air there is no oxygen flow."))
    found.extend(
        Problem("A figure and none at once: take one of the two out.")
        for key in columns.get("no_figure") or ()
        if any(columns.get(sign) is not None for sign in STANDS_FOR.get(key, ()))
    )
    doubts = (*_doubts(columns, limits), *_barred(columns, barred))
    doubted = frozenset(doubt.field for doubt in doubts)
    return Reading(kept, _echo(columns, sense, doubted), tuple(found), doubts, columns)


def _barred(columns: Columns, barred: Mapping[str, str]) -> tuple[Doubt, ...]:
    """No blood pressure where a line lies or an alert stands; kept only when asked for twice."""
    labels = {option.key: option.label for option in LIMBS}
    limb = labels.get(columns.get("limb") or "", "")
    why = barred.get(LIMB_BARRED_AS.get(limb, limb))
    if why is None or columns.get("systolic") is None:
        return ()
    return (Doubt("limb", f"No BP on the {limb}: {why}."),)


def _doubts(columns: Columns, limits: Mapping[str, Limits]) -> tuple[Doubt, ...]:
    return tuple(
        Doubt(name, f"{known.label} {_figure(name, columns)}: is that right?")
        for name, known in limits.items()
        if columns.get(name) is not None and not known.believable(columns[name])
    )


def _figure(name: str, columns: Columns) -> str:
    return str(columns.get(f"{name}_entered") or columns[name])


def _echo(columns: Columns, sense: Sense, doubted: frozenset[str]) -> tuple[Echo, ...]:
    parts: list[Echo] = []

    def tell(name: str, before: str = "", *, unit: bool = False, quiet: str = "") -> None:
        leaf = VITAL_SIGNS.leaf(name)
        if columns.get(name) in (None, ()):
            return
        words = (
            leaf.words(columns, sense)
            if unit or not isinstance(leaf, Number)
            else _figure(name, columns)
        )
        parts.append(Echo(name, f"{before}{words}", quiet, name in doubted))

    _say_pressure(parts, columns, doubted)
    tell("pulse", f"pulse{NBSP}")
    tell("respirations", f"resp{NBSP}")
    tell("spo2", f"SpO2{NBSP}", unit=True)
    tell("temperature", unit=True, quiet=_other_temperature(columns))
    tell("pain", f"pain{NBSP}")
    tell("consciousness")
    tell("oxygen")
    tell("oxygen_flow", unit=True)
    tell("oxygen_percent", f"FiO2{NBSP}", unit=True)
    tell("no_figure")
    tell("sedation", f"POSS{NBSP}")
    tell("etco2", f"EtCO2{NBSP}", unit=True)
    tell("rhythm")
    tell("limb")
    tell("position")
    tell("stood")
    tell("weight", f"weight{NBSP}", unit=True)
    tell("height", f"height{NBSP}", unit=True)
    tell("head", f"head{NBSP}", unit=True)
    tell("girth", f"girth of the abdomen{NBSP}", unit=True)
    tell("urine", f"urine{NBSP}", unit=True)
    tell("glucose", f"glucose{NBSP}", unit=True)
    for name in ("temperature_site", "pain_scale", "method", "measured_by", "circumstances"):
        tell(name)
    tell("extent")
    tell("context")
    tell("at")
    return tuple(parts)


def _say_pressure(parts: list[Echo], columns: Columns, doubted: frozenset[str]) -> None:
    if columns.get("systolic") is None or columns.get("diastolic") is None:
        return
    words = f"BP{NBSP}{_figure('systolic', columns)}/{_figure('diastolic', columns)}"
    doubt = bool(doubted & {"systolic", "diastolic"})
    parts.append(Echo("systolic", words, doubted=doubt))


def _other_temperature(columns: Columns) -> str:
    value, code = columns.get("temperature"), columns.get("temperature_unit")
    if value is None:
        return ""
    if code == FAHRENHEIT.code:
        return f"({half_up(value, 1)}{NBSP}{CELSIUS.label})"
    return f"({half_up(FAHRENHEIT.from_canonical(value), 1)}{NBSP}{FAHRENHEIT.label})"
