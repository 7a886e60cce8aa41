from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.fields import NotAValue, Number, Sense
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.vitals.fields import VITAL_SIGNS
from infusion_visits.sections.vitals.limits import read_limits
from infusion_visits.sections.vitals.one_line import Reading, read_line
from tests.sections.vitals.making import DAY, ZONE

LIMITS = read_limits(load_catalogue("vitals"))
NOW = DAY + timedelta(hours=1, minutes=10)
SENSE = Sense(NOW, ZONE)


def read(line: str, **carried: str) -> Reading:
    return read_line(line, SENSE, LIMITS, carried)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_line_of_the_picture() -> None:
    found = read("122/78 76 16 98 98.4 1 a air")
    assert plain(found.words) == (
        "BP 122/78 · pulse 76 · resp 16 · SpO2 98 % · 98.4 °F · pain 1 · alert · on air · 10:10"
    )
    temperature = next(part for part in found.echo if part.field == "temperature")
    assert plain(temperature.quiet) == "(36.9 °C)"
    assert found.ready
    assert not found.doubts
    assert found.texts["at"] == "now"


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("- 80", {"pulse": "80"}),
        ("118/76 - - 98", {"systolic": "118", "diastolic": "76", "spo2": "98"}),
        ("118/76 72 16 98 36.9", {"temperature": "36.9 °C"}),
        ("- - - - 98.6", {"temperature": "98.6 °F"}),
        ("- - - - 36.6c", {"temperature": "36.6 °C"}),
        ("p5", {"pain": "5"}),
        ("t98.4 hr72 rr16 o98", {"temperature": "98.4 °F", "pulse": "72", "spo2": "98"}),
        ("w154lb", {"weight": "154 lb"}),
        ("w70kg bg110", {"weight": "70 kg", "glucose": "110"}),
        ("118/76 @0930", {"at": "0930"}),
        ("@-5 118/76", {"at": "-5"}),
        ("118/76 c o2 2", {"consciousness": "C", "oxygen": "oxygen", "oxygen_flow": "2"}),
        ("118/76 2l", {"oxygen": "oxygen", "oxygen_flow": "2"}),
        ("118/76 o2", {"oxygen": "oxygen"}),
        ("118/76 ra sit", {"limb": "right_arm", "position": "sitting"}),
        ("- 80 rc", {"extent": "part", "pulse": "80"}),
        ("118/76 72 ; after walking", {"context": "after walking", "pulse": "72"}),
        ("p 118/76", {"consciousness": "P", "systolic": "118"}),
    ],
)
def test_what_a_line_means(line: str, texts: dict[str, str]) -> None:
    found = read(line)
    assert found.problems == ()
    assert {name: found.texts[name] for name in texts} == texts


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("72 118/76", "BP stands first"),
        ("118/76 72 16 98 98.4 0 5", "one figure too many"),
        ("118/76 118/76", "BP stands first"),
        ("76/118", "not below"),
        ("118/118", "not below"),
        ("118/76 72 16 101", "SpO2"),
        ("118/76 72 16 98 98.4 11", "Pain"),
        ("118/76 72 16 98 60", "neither"),
        ("118/76 hr72 hr73", "twice"),
        ("118/76 abc", "not known"),
        ("118/76 @", "after @"),
        ("118/76 @1230", "still to come"),
        ("118/76 air 2l", "no oxygen flow"),
        ("@0930", "Type the figures"),
        ("118/76 98.4f", "pulse"),
        ("-80", "not known"),
    ],
)
def test_what_cannot_be_kept(line: str, said: str) -> None:
    found = read(line)
    assert not found.ready
    assert any(said in problem.words for problem in found.problems), found.problems


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("118/76 16 72 98", "respirations"),
        ("118/76 72 98 16", "respirations"),
        ("118/76 72 98 16", "spo2"),
        ("118/76 16", "pulse"),
        ("300/76", "systolic"),
        ("118/76 72 16 98 45c", "temperature"),
        ("w600kg", "weight"),
    ],
)
def test_a_figure_in_the_wrong_place_is_asked_about(line: str, field: str) -> None:
    found = read(line)
    assert found.ready
    assert field in {doubt.field for doubt in found.doubts}
    assert any(part.doubted for part in found.echo)


def test_nothing_typed_is_nothing() -> None:
    assert read("   ") == Reading()


def test_carried_words_are_echoed_and_a_typed_one_wins() -> None:
    assert "left arm" in read("118/76", limb="left_arm").words
    assert "right arm" in read("118/76 ra", limb="left_arm").words
    assert "limb" not in read("- 80", limb="left_arm").texts


def test_a_set_takes_at_most_24_keys() -> None:
    assert len("118/76 72 16 98 98.4 0") + 1 <= 24


_TOKENS = st.one_of(
    st.sampled_from(
        [
            "-",
            "a",
            "c",
            "v",
            "p",
            "u",
            "air",
            "o2",
            "la",
            "ra",
            "sit",
            "rc",
            "@0930",
            "@-5",
            "@",
            ";",
        ]
    ),
    st.integers(0, 320).map(str),
    st.decimals("30", "115", places=1).map(str),
    st.tuples(st.integers(0, 320), st.integers(0, 220)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    st.tuples(st.sampled_from(["hr", "rr", "o", "t", "p", "w", "bg"]), st.integers(0, 300)).map(
        lambda pair: f"{pair[0]}{pair[1]}"
    ),
    st.text(max_size=6),
)


@given(st.lists(_TOKENS, max_size=12))
def test_the_echo_never_disagrees_with_the_texts(tokens: list[str]) -> None:
    """What will be kept, said again from the texts alone, is what the echo said."""
    found = read(" ".join(tokens), limb="left_arm")
    columns: dict[str, Any] = {}
    for name, text in found.texts.items():
        parsed = VITAL_SIGNS.leaf(name).parse(text, SENSE)
        assert not isinstance(parsed, NotAValue)
        columns.update(parsed)
    echoed = {part.field: part.text for part in found.echo}
    if "diastolic" in found.texts and "systolic" in found.texts:
        assert plain(echoed["systolic"]) == (
            f"BP {columns['systolic_entered']}/{columns['diastolic_entered']}"
        )
    for name in set(found.texts) - {"systolic", "diastolic"}:
        leaf = VITAL_SIGNS.leaf(name)
        words = leaf.words(columns, SENSE)
        if isinstance(leaf, Number):
            assert str(columns[f"{name}_entered"]) in echoed[name]
        elif words:
            assert words in echoed[name]
    assert set(echoed) <= set(found.texts)


@given(st.text(max_size=40))
def test_no_line_breaks_the_parser(line: str) -> None:
    read(line)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("118/76 lt", {"limb": "left_thigh"}),
        ("118/76 stand3", {"position": "standing", "stood": "3"}),
        ("h68in w154lb", {"height": "68 in", "weight": "154 lb"}),
        ("hc47.5 ga91cm u1450", {"head": "47.5", "girth": "91 cm", "girth_of": "abdomen"}),
        ("- - 10 possS et38", {"respirations": "10", "sedation": "S", "etco2": "38"}),
        ("poss3 p6", {"sedation": "3", "pain": "6"}),
        ("fi28%", {"oxygen_percent": "28 %", "oxygen": "oxygen"}),
        ("bg5.6mmol/l", {"glucose": "5.6 mmol/l"}),
        ("nobp 140 30 nosat", {"no_figure": "bp_unobtainable, spo2_no_signal", "pulse": "140"}),
        ("bglo", {"no_figure": "glucose_lo"}),
        ("118/76 72 irr manual ax", {"rhythm": "irregular", "method": "manual"}),
        ("- 80 rc cold polish pt", {"circumstances": "cold_hands, nail_polish"}),
    ],
)
def test_further_fields(line: str, texts: dict[str, str]) -> None:
    found = read(line)
    assert not found.problems, found.problems
    assert {name: found.texts.get(name) for name in texts} == texts


def test_a_figure_and_none_at_once_is_a_problem() -> None:
    assert "none at once" in read("118/76 nobp").problems[0].words


def test_a_barred_limb_is_doubted_before_enter() -> None:
    barred = {"left arm": "PICC, left upper arm"}
    found = read_line("118/76 72 la", SENSE, LIMITS, {}, barred)
    assert [one.words for one in found.doubts] == ["No BP on the left arm: PICC, left upper arm."]
    assert "left arm" in found.words
    assert not read_line("118/76 72 ra", SENSE, LIMITS, {}, barred).doubts
    assert not read_line("- 72 la", SENSE, LIMITS, {}, barred).doubts
