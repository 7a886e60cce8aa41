"""The catalogue of complications, read from resources and checked, with the scales in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from infusion_visits.core.catalogue import Entry, Fault, offer, read_once, reading
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.catalogue import CATALOGUE as SCALES
from infusion_visits.core.scales.catalogue import Scale, read_scales
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.fields import COMPLICATION
from infusion_visits.sections.complications.rules.kinds import (
    DOES,
    Action,
    Catalogue,
    Hint,
    Kind,
    Notify,
    ReactionFigures,
    Reporting,
)
from infusion_visits.sections.complications.signs import LABELS

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts

T = TypeVar("T")

CATALOGUE = "complications"
CODES = ("N0", "N1", "N2", "N3")
STOPS = frozenset({"yes", "slow", "pause", "no"})
RESTARTS = frozenset({"", "order", "never"})
PARTS = frozenset({"local", "systemic", "other"})
MARKS = frozenset({"verified", "expert", "unsure", "practice"})
REMOVALS = frozenset({"peripheral", "yes", "by_order", "after_antidote", "no", "out"})
_KINDS = tuple(option.key for option in of.KINDS)
_ROLES = tuple(option.key for option in of.ROLES)
_FIELDS = tuple(leaf.name for leaf in COMPLICATION.leaves)


def read_catalogue(kinds: Mapping[str, Any], scales: Mapping[str, Any]) -> Catalogue:
    """The catalogue from both mappings. Raises CatalogueRefused with every fault of `kinds`."""
    grading = read_scales(scales)
    with reading(kinds) as top:
        codes = dict(_tables(top.entry("code"), _code))
        reporting = _reporting(top.entry("report", needed=False))
        reaction = _reaction(top.entry("reaction", needed=False))
        found = dict(_tables(top.entry("complication"), lambda one: _kind(one, grading.scales)))
        for key in CODES:
            if key not in codes:
                top.fault(f"{key} is missing.", f"Every code has its table: [code.{key}].", "code")
        for key in codes:
            if key not in CODES:
                top.fault(f"{key!r} is no code.", offer(key, CODES), "code")
        if set(found) != set(_KINDS):
            _other_kinds(top, found)
    return Catalogue(
        kinds=found,
        grading=grading,
        minutes={key: minutes for key, (_, minutes) in codes.items()},
        codes={key: title for key, (title, _) in codes.items()},
        reporting=reporting,
        reaction=reaction,
    )


def _other_kinds(top: Entry, found: Mapping[str, Kind]) -> None:
    """The form offers its own list of kinds; the catalogue knows these and no others."""
    for key in _KINDS:
        if key not in found:
            top.fault(f"{key} is missing.", "Every complication of the form has its table.")
    for key in found:
        if key not in _KINDS:
            place = ("complication", key)
            top.faults.append(Fault(place, "the form has no such kind.", offer(key, _KINDS)))


def _tables(entry: Entry | None, read: Callable[[Entry], T]) -> Iterator[tuple[str, T]]:
    if entry is None:
        return
    for key, one in entry.tables():
        yield key, read(one)
    entry.close()


def _code(entry: Entry) -> tuple[str, int]:
    made = (entry.text("title"), entry.whole("minutes", low=0) or 0)
    _sourced(entry)
    entry.close()
    return made


def _sourced(entry: Entry) -> str:
    entry.choice("mark", MARKS)
    return entry.source()


def _reporting(entry: Entry | None) -> Reporting:
    """A catalogue of the first version had these figures in the code."""
    if entry is None:
        return Reporting()
    made = Reporting(
        from_rank=entry.whole("from_rank", low=0) or 0,
        codes=entry.choices("codes", CODES),
        hours=entry.whole("hours", low=1) or 1,
    )
    _sourced(entry)
    entry.close()
    return made


def _reaction(entry: Entry | None) -> ReactionFigures:
    if entry is None:
        return ReactionFigures()
    made = ReactionFigures(
        vitals_minutes=entry.whole("vitals_minutes", low=1, high=60) or 1,
        undo_seconds=entry.whole("undo_seconds", low=0, high=600) or 0,
    )
    _sourced(entry)
    entry.close()
    return made


def _kind(entry: Entry, scales: Mapping[str, Scale]) -> Kind:
    key = str(entry.place[-1])
    scale = entry.choice("scale", ("", *scales))
    entry.choice("part", PARTS)
    grades = tuple(grade.key for grade in scales[scale].grades) if scale else ()
    signs, about = _signs(entry)
    made = Kind(
        key=key,
        title=entry.text("title"),
        signs=signs,
        about=about,
        scale=scale,
        suggest=tuple(_hint(one, grades, signs) for one in entry.each("suggest", needed=False)),
        actions=_actions(entry, grades),
        notify=tuple(_notify(step, grades, signs) for step in entry.each("notify")),
        tell=entry.choices("tell", _ROLES, needed=False) or (of.PRESCRIBER, of.ON_CALL),
        stop=entry.choice("stop", STOPS),
        restart=entry.choice("restart", RESTARTS),
        never_restart_from=entry.choice("never_restart_from", ("", *grades), needed=False),
        removal=entry.choice("removal", REMOVALS, needed=False),
        removal_from=entry.choice("removal_from", ("", *grades), needed=False),
        remove=entry.text("remove"),
        document=entry.text("document"),
        asks=entry.choices("asks", _FIELDS, needed=False),
        recheck_minutes=_wholes(entry, "recheck_minutes"),
        follow_up_hours=_wholes(entry, "follow_up_hours"),
        follow_up=entry.text("follow_up"),
        source=entry.source(),
        mark=entry.choice("mark", MARKS),
    )
    entry.close()
    return made


def _signs(entry: Entry) -> tuple[tuple[str, ...], str]:
    """The keys of the signs; words instead of them where a record of the first version kept it."""
    if isinstance(entry.plain.get("signs"), str):
        return (), entry.text("signs", may_be_empty=True)
    return entry.choices("signs", tuple(LABELS)), ""


def _actions(entry: Entry, grades: tuple[str, ...]) -> tuple[Action, ...]:
    """Words alone, or a table that says what the action does and to which grades it belongs."""
    entry.has("actions")
    given = entry.plain.get("actions")
    if not isinstance(given, list) or not given:
        entry.fault("no action is named.", 'Add actions = ["the first", "the second"].', "actions")
        return ()
    made: list[Action] = []
    for number, one in enumerate(given):
        if isinstance(one, str) and one.strip():
            made.append(Action(one))
        elif isinstance(one, Mapping):
            made.append(
                _action(Entry(one, (*entry.place, "actions", number), entry.faults), grades)
            )
        else:
            words = f"action {number + 1} has no words."
            entry.fault(
                words, 'Write "words", or { words = "words", does = "call_911" }.', "actions"
            )
    return tuple(made)


def _action(entry: Entry, grades: tuple[str, ...]) -> Action:
    made = Action(
        words=entry.text("words"),
        does=entry.choice("does", DOES, needed=False),
        from_=entry.choice("from", grades, needed=False),
        until=entry.choice("until", grades, needed=False),
    )
    entry.close()
    return made


def _notify(entry: Entry, grades: tuple[str, ...], signs: tuple[str, ...]) -> Notify:
    """From which grade on ("" = at once), or with which sign, which code counts."""
    sign = entry.choice("sign", signs, needed=False)
    made = Notify(
        code=entry.choice("code", CODES),
        from_="" if sign else entry.choice("from", ("", *grades)),
        sign=sign,
    )
    entry.close()
    return made


def _hint(entry: Entry, grades: tuple[str, ...], signs: tuple[str, ...]) -> Hint:
    made = Hint(
        grade=entry.choice("grade", grades),
        any_=frozenset(entry.choices("any", signs, needed=False)),
        all_=frozenset(entry.choices("all", signs, needed=False)),
    )
    if not made.any_ and not made.all_:
        entry.fault("no sign suggests this grade.", 'Add any = ["…"] or all = ["…"].')
    entry.close()
    return made


def _wholes(entry: Entry, key: str) -> tuple[int, ...]:
    if not entry.has(key):
        return ()
    given = entry.plain[key]
    right = isinstance(given, list) and all(type(one) is int and one >= 0 for one in given)
    if not right:
        entry.fault("this is no list of whole numbers.", f"Write {key} = [24, 48].", key)
        return ()
    return tuple(given)


_read = read_once(read_catalogue)


def catalogue_of(facts: Facts) -> Catalogue:
    """The catalogue that stands for this record: the one signed with it, else that in force."""
    return _read(
        facts.catalogue.get(CATALOGUE) or load_catalogue(CATALOGUE),
        facts.catalogue.get(SCALES) or load_catalogue(SCALES),
    )


def shipped_catalogue() -> Catalogue:
    """The catalogue in force now, where there is no visit to ask."""
    return _read(load_catalogue(CATALOGUE), load_catalogue(SCALES))
