"""An agency's file is looked at: refused with file, line and remedy, or told what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.app.catalogues.checking import Checked, _Check, check, check_file
from infusion_visits.app.catalogues.readers import known_as
from infusion_visits.app.catalogues.toml_words import LARGEST_BYTES
from infusion_visits.core.catalogue_changes import What
from infusion_visits.core.resources import catalogue_file, in_force, load_catalogue, shipped
from tests.app.catalogues.test_every_catalogue import changed

if TYPE_CHECKING:
    from pathlib import Path

OWN = 'source = "Agency protocol 12, 2026"\n'
HEAD = 'edition = "2026-1"\n'
LADDER = f"{HEAD}[ladder.infliximab_a]\n{OWN}"


def looked_at(text: str, file: str = "vitals.toml") -> Checked:
    return check(text.encode(), file, {})


def said(checked: Checked) -> list[str]:
    return [one.said(checked.file) for one in checked.problems]


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


# The whole of what is said, with its line.
REFUSED = [
    (
        "vitals.toml",
        f'{HEAD}[pulse]\n{OWN}ambr = ["<= 45", "> 120"]\n',
        "vitals.toml, line 4: pulse, ambr: this key is not known. Did you mean amber?",
    ),
    (
        "vitals.toml",
        f'{HEAD}[pulse]\n{OWN}unit = "Hz"\n',
        "vitals.toml, line 4: pulse, unit: 'Hz' is not known here. It is one of: /min.",
    ),
    (
        "vitals.toml",
        f'{HEAD}[temperature]\n{OWN}unit = "°F"\nred = [">= 102.4"]\n',
        "vitals.toml, line 4: temperature, unit: '°F' is not known here. It is one of: °C.",
    ),
    (
        "vitals.toml",
        f'{HEAD}[pulse]\n{OWN}amber = ["<= 120", "> 45"]\n',
        "vitals.toml, line 4: pulse, amber: the low limit is not below the high one: every "
        "figure would be out of range. Exchange them.",
    ),
    (
        "vitals.toml",
        f'{HEAD}\n[pulse]\namber = ["<= 45", "> 120"]\n',
        "vitals.toml, line 3: pulse, source: the file changes this entry and names no source of "
        'its own. Add source = "where the agency\'s figure comes from, with its edition".',
    ),
    (
        "vitals.toml",
        f'{HEAD}[pluse]\n{OWN}amber = ["<= 45"]\n',
        "vitals.toml, line 2: pluse: the program has no entry of this name. Did you mean pulse?",
    ),
    (
        "vitals.toml",
        f'[pulse]\n{OWN}amber = ["<= 45"]\n',
        'vitals.toml, line 1: the file names no edition. Add edition = "2026-1" at the top: it '
        "stands beside every figure of yours.",
    ),
    (
        "vitals.toml",
        f"{HEAD}[pulse]\nhidden = true\n{OWN}",
        "vitals.toml, line 3: pulse, hidden: this entry cannot be taken out: the program asks for "
        "it. Take the line out.",
    ),
    (
        "devices.toml",
        f"{HEAD}[threshold.arm_increase_cm]\n{OWN}value = -3\n",
        "devices.toml, line 4: threshold, arm_increase_cm, value: -3 cannot be. Give a number "
        "above 0.",
    ),
    (
        "devices.toml",
        f"{HEAD}[interval.connector]\n{OWN}hours = 96\n",
        "devices.toml, line 2: interval, connector: one of days and hours is to be given. Write "
        "days = 7, or hours = 24.",
    ),
    (
        "screening.toml",
        f'{HEAD}[[question]]\nkey = "infection"\naction = "wate"\n{OWN}',
        "screening.toml, line 4: question 1, action: 'wate' is not known here. Did you mean wait?",
    ),
    (
        "screening.toml",
        f'{HEAD}[[question]]\naction = "wait"\n{OWN}',
        "screening.toml, line 2: question 1: nothing says which question is meant. Add a line "
        "key = …",
    ),
    (
        "scales.toml",
        f"{HEAD}[scale.vip]\n{OWN}[[scale.vip.grades]]\nkey = 5\nwords = 5\n",
        "scales.toml, line 6: scale, vip, grades 1, words: this is no text. Write words between "
        'quotes, such as "words".',
    ),
    (
        "ladders.toml",
        f"{LADDER}steps = [{{ rate = -10, minutes = 15 }}, {{ rate = 250 }}]\n",
        "ladders.toml, line 4: ladder, infliximab_a, steps 1, rate: -10 cannot be. Give a number "
        "above 0.",
    ),
    (
        "ladders.toml",
        f"{LADDER}steps = [{{ rate = 10, minutes = 15 }}, {{ rate = 20, minutes = 15 }}]\n",
        "ladders.toml, line 4: ladder, infliximab_a, steps: the steps end before the volume is "
        "in: 242.5 mL are left. Let the last step run until complete: take its minutes out.",
    ),
    (
        "ladders.toml",
        f"{LADDER}steps = [{{ rate = 10 }}, {{ rate = 20, minutes = 15 }}]\n",
        "ladders.toml, line 4: ladder, infliximab_a, steps: step 1 runs until complete, so the "
        "steps after it never begin.",
    ),
    (
        "ladders.toml",
        f'{LADDER}unit = "mL/hr"\n',
        "ladders.toml, line 4: ladder, infliximab_a, unit: 'mL/hr' is not known here. Did you "
        "mean mL/h?",
    ),
    (
        "ladders.toml",
        f'{HEAD}[ladder.ours]\ntherapy = "inflixmab"\ntitle = "ours"\nshape = "over"\n'
        f'when = "any"\nover_minutes = 60\nmark = "practice"\n{OWN}',
        "ladders.toml, line 3: ladder, ours, therapy: there is no therapy called 'inflixmab'. Did "
        "you mean infliximab?",
    ),
    (
        "wrong.toml",
        HEAD,
        "wrong.toml, line 1: there is no catalogue called 'wrong'. It is one of: access, ",
    ),
    (
        "agency.toml",
        'catalogue = "vital"\n',
        "agency.toml, line 1: there is no catalogue called 'vital'. Did you mean vitals? Say it "
        'with catalogue = "name" at the top.',
    ),
]


@pytest.mark.parametrize(("file", "text", "words"), REFUSED, ids=[one[2][:60] for one in REFUSED])
def test_what_is_wrong_is_told_with_file_line_and_remedy(file: str, text: str, words: str) -> None:
    checked = looked_at(text, file)
    assert not checked.good
    assert any(one.startswith(words) for one in said(checked)), said(checked)


NO_TOML = [
    ("a = 1\nb 2\n", 2, "after a key comes = and its value. Write key = value."),
    ("a = 1\nb = 5 mL\n", 2, "something stands after the value."),
    ("a = 1\nb = 5,0\n", 2, "something stands after the value."),
    ('a = "one\nb = 2\n', 1, "a quote is opened and not closed."),
    ("a = words\n", 1, "what stands after = is no value. Words between quotes"),
    ("a = [1, 2\nb = 3\n", 2, "a list is opened and not closed."),
    ("a = 1\na = 2\n", 2, "this key stands here a second time. Keep one of the two."),
    ("[a]\nb = 1\n[a]\n", 3, "this table stands here a second time."),
    ("[a\nb = 1\n", 1, "a heading is not closed."),
    ("a = 'one\n", 1, "a quote is opened and not closed."),
    ('a = "c:\\dose"\n', 1, "a \\ stands alone in a text."),
]


@pytest.mark.parametrize(("text", "line", "words"), NO_TOML)
def test_what_is_no_toml_is_told_in_plain_words(text: str, line: int, words: str) -> None:
    checked = looked_at(text)
    assert not checked.good
    (problem,) = said(checked)
    assert problem.startswith(f"vitals.toml, line {line}: {words}"), problem


def test_a_file_of_another_kind_is_told() -> None:
    assert "Save the file as UTF-8" in said(check(b"a = 1\nb = '\xff'\n", "vitals.toml", {}))[0]
    assert "line 2" in said(check(b"a = 1\nb = '\xff'\n", "vitals.toml", {}))[0]
    assert "too large" in said(check(b"#" * (LARGEST_BYTES + 1), "vitals.toml", {}))[0]
    deep = check(b"a = " + b"[" * 200_000, "vitals.toml", {})
    assert "nested too deeply" in said(deep)[0]


def test_a_mark_at_the_beginning_and_line_ends_of_windows_do_no_harm() -> None:
    text = f'{HEAD}[pulse]\n{OWN}ambr = ["<= 45"]\n'.replace("\n", "\r\n")
    checked = check(b"\xef\xbb\xbf" + text.encode(), "vitals.toml", {})
    assert said(checked)[0].startswith("vitals.toml, line 4: pulse, ambr:")


def test_all_faults_are_told_at_once_in_the_order_of_the_file() -> None:
    text = f'{HEAD}[pulse]\nambr = ["<= 45"]\n[pain]\nred = ["> x"]\ncolour = 1\n'
    lines = [problem.line for problem in looked_at(text).problems]
    assert lines == sorted(line for line in lines if line is not None)
    assert len(lines) >= 4


def test_what_a_file_changes_is_told_field_by_field_with_units() -> None:
    text = (
        f'{HEAD}[pulse]\n{OWN}amber = ["<= 45", "> 120"]\nplausible = [30, 220]\n'
        f'[[pulse.children]]\nages = [1, 3]\namber = ["< 80", "> 160"]\n'
    )
    checked = looked_at(text)
    assert checked.good
    (entry,) = checked.changes
    assert (entry.title, entry.what, entry.source) == (
        "Pulse",
        What.CHANGED,
        "Agency protocol 12, 2026",
    )
    told = {one.field: (one.old, one.new) for one in entry.fields}
    told = {field: (plain(old), plain(new)) for field, (old, new) in told.items()}
    assert told["amber"] == (
        "50 /min or less, above 110 /min",
        "45 /min or less, above 120 /min",
    )
    assert told["plausible"] == ("30, 200 /min", "30, 220 /min")
    assert told["children 1, amber"] == (
        "below 90 /min, above 150 /min",
        "below 80 /min, above 160 /min",
    )
    # A list that has no keys is replaced: what is left out is gone, and is told.
    assert told["children 4"][1] == "nothing"


def test_an_entry_of_a_list_is_changed_by_its_key() -> None:
    text = f'{HEAD}[[question]]\nkey = "pregnancy"\ndo = "Call the pharmacy."\n{OWN}'
    checked = looked_at(text, "screening.toml")
    assert checked.good, said(checked)
    (entry,) = checked.changes
    assert [(one.field, one.old, one.new) for one in entry.fields] == [
        ("do", "Call the prescriber.", "Call the pharmacy.")
    ]
    assert checked.whole is not None
    assert len(checked.whole["question"]) == len(shipped("screening")["question"])


def test_a_whole_copy_tells_only_what_it_changes() -> None:
    text = catalogue_file("vitals").read_text("utf-8")
    untouched = looked_at(text)
    assert untouched.good
    assert not untouched.usable
    assert untouched.changes == ()
    edited = text.replace('amber = ["<= 50", "> 110"]', 'amber = ["<= 45", "> 110"]')
    refused = looked_at(edited)
    assert "its source is still the program's" in said(refused)[0]
    line = edited.splitlines().index("[pulse]") + 1
    assert line < (refused.problems[0].line or 0) < line + 20


def test_the_edition_of_both_stands_in_the_merged_one() -> None:
    checked = looked_at(f'{HEAD}[pulse]\n{OWN}amber = ["<= 45"]\n')
    assert checked.edition == "2026-1"
    assert checked.whole is not None
    assert checked.whole["edition"] == f"{shipped('vitals')['edition']}; agency: 2026-1"


def test_what_another_catalogue_needs_is_told() -> None:
    """A scale without the grade at which a complication asks for a call."""
    scales = changed(shipped("scales"), ("scale", "severity", "grades", 2))
    scales["scale"]["severity"]["source"] = "Agency protocol 3"
    known = known_as("scales")
    assert known is not None
    problems = _Check(known, "scales.toml", HEAD, {"edition": "1"}, {})._read(scales)
    assert [one.line for one in problems] == [None]
    assert problems[0].words.startswith("with it Complications could not be read:")


def test_looking_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "vitals.toml"
    file.write_text(f'{HEAD}[pulse]\n{OWN}amber = ["<= 45"]\n', "utf-8")
    before = load_catalogue("vitals")
    assert check_file(file).usable
    assert load_catalogue("vitals") is before
    assert in_force() == {}


@given(st.text(max_size=200), st.sampled_from(["vitals", "devices", "screening", "scales"]))
def test_whatever_the_file_holds_something_is_told_and_nothing_raised(text: str, name: str) -> None:
    checked = looked_at(text, f"{name}.toml")
    assert not checked.usable
    assert all(one.words and one.remedy for one in checked.problems)
