"""What bars heparin, and limb alerts that name no limb."""

from __future__ import annotations

import pytest

from infusion_visits.core.cells import Row
from infusion_visits.core.marks import Mark
from infusion_visits.patients.bars import heparin_barred, unnamed_limb_alerts
from infusion_visits.patients.rules import precaution_words
from infusion_visits.patients.values import Allergy, Condition, Precaution


def allergy(substance: str, **more: str) -> Allergy:
    return Allergy(Mark(Row("allergy", (1,))), substance=substance, **more)


def condition(words: str, **more: str) -> Condition:
    return Condition(Mark(Row("condition", (1,))), words=words, **more)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (allergy("heparin"), "allergy to heparin"),
        (allergy("Hep-Lock", kind="heparin"), "allergy to Hep-Lock"),
        (allergy("heparin", status="resolved"), ""),
        (allergy("HIT", status="resolved"), "HIT among the allergies (HIT)"),
        (allergy("penicillin"), ""),
        (allergy("white oak", reaction="hit by a branch"), ""),
    ],
)
def test_allergies_that_bar_heparin(row: Allergy, words: str) -> None:
    assert heparin_barred((row,), ()) == words


@pytest.mark.parametrize(
    ("words", "barred"),
    [
        ("Heparin-induced thrombocytopenia", True),
        ("History of HIT, 2019", True),
        ("thrombocytopenia", False),
        ("White coat hypertension", False),
    ],
)
def test_conditions_that_bar_heparin(words: str, barred: bool) -> None:
    assert bool(heparin_barred((), (condition(words, status="resolved"),))) is barred


def test_a_limb_alert_without_a_limb_says_so() -> None:
    bare = Precaution(Mark(Row("precaution", (1,))), kind="limb", why="mastectomy")
    named = Precaution(Mark(Row("precaution", (2,))), kind="limb", limb="left arm", why="fistula")
    assert unnamed_limb_alerts((bare, named)) == ("mastectomy",)
    assert precaution_words(bare) == (
        "limb alert, limb not named: no blood pressure, no needle (mastectomy)"
    )
