"""The catalogue of complications: every kind loads whole, a faulty one is named, grades follow from
signs, and a catalogue kept with a record of the first version is still read."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.resources import load_catalogue
from infusion_visits.patients.facts import VitalsFact
from infusion_visits.sections.complications.forms import about_form, step_form
from infusion_visits.sections.complications.rules import shipped_catalogue
from infusion_visits.sections.complications.rules.asked import asked_fields
from infusion_visits.sections.complications.rules.catalogue import read_catalogue
from infusion_visits.sections.complications.rules.grading import suggestion
from infusion_visits.sections.complications.rules.telling import duty_of
from infusion_visits.sections.complications.signs import LABELS
from tests.sections.complications.made_complications import (
    ZONE,
    at,
    complication,
    facts,
    noticed,
)

CATALOGUE = shipped_catalogue()


@pytest.mark.parametrize("key", sorted(CATALOGUE.kinds))
def test_every_kind_makes_its_forms_and_names_only_known_signs(key: str) -> None:
    kind = CATALOGUE.kinds[key]
    assert set(kind.signs) <= set(LABELS)
    asked = {leaf.name for leaf in about_form(kind).leaves if leaf.required}
    assert set(kind.asks) <= asked
    names = {leaf.name for leaf in step_form(kind, CATALOGUE).leaves}
    assert ("signs" in names) is bool(kind.signs)
    for hint in kind.suggest:
        assert CATALOGUE.scales[kind.scale].rank(hint.grade) >= 0
    assert kind.key == "other" or kind.document


FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"signs": ["bruise"]}, "hematoma, signs: 'bruise' is not known here. Did you mean bruising"),
    ({"actions": []}, "no action is named"),
    ({"actions": [{"words": "Call", "does": "call_912"}]}, "Did you mean call_911"),
    ({"actions": [{"words": "Call", "from": "grave"}]}, "actions 1, from: 'grave' is not known"),
    ({"notify": [{"sign": "hives", "code": "N1"}]}, "notify 1, sign: 'hives' is not known"),
    ({"notify": [{"from": "severe", "code": "N9"}]}, "notify 1, code: 'N9' is not known"),
    ({"suggest": [{"grade": "severe"}]}, "no sign suggests this grade"),
    ({"asks": ["anticoagulent"]}, "Did you mean anticoagulant"),
    ({"follow_up_hours": ["24"]}, "no list of whole numbers"),
    ({"recheck_minutes": [-5]}, "no list of whole numbers"),
    ({"removal": "perhaps"}, "removal: 'perhaps' is not known"),
    ({"follow_upp": "soon"}, "this key is not known. Did you mean follow_up"),
]


@pytest.mark.parametrize(("change", "words"), FAULTS)
def test_a_faulty_kind_is_named_with_its_remedy(change: dict[str, Any], words: str) -> None:
    kinds = load_catalogue("complications")
    entry = {**kinds["complication"]["hematoma"], **change}
    faulty = {**kinds, "complication": {**kinds["complication"], "hematoma": entry}}
    with pytest.raises(CatalogueRefused, match=words):
        read_catalogue(faulty, load_catalogue("scales"))


def test_a_catalogue_of_the_first_version_is_still_read() -> None:
    kinds = load_catalogue("complications")
    known = {
        "title", "part", "scale", "stop", "restart", "never_restart_from", "remove", "document",
        "follow_up", "source", "mark", "tell",
    }  # fmt: skip
    old = {
        key: {
            **{name: value for name, value in entry.items() if name in known},
            "signs": "what was seen, in words",
            "actions": ["First", "Second"],
            "notify": [one for one in entry["notify"] if "from" in one],
        }
        for key, entry in kinds["complication"].items()
    }
    read = read_catalogue(
        {"edition": "2026-1", "code": kinds["code"], "complication": old}, load_catalogue("scales")
    )
    kind = read.kind("infiltration")
    assert (kind.signs, kind.about) == ((), "what was seen, in words")
    assert [action.words for action in kind.actions] == ["First", "Second"]
    assert read.reporting.hours == 24
    assert read.reaction.vitals_minutes == 5


SUGGESTED = [
    ("infiltration", ("coolness", "blanching", "swelling"), "2", "1"),
    ("infiltration", ("coolness", "blanching", "swelling"), "2.5", "2"),
    ("infiltration", ("coolness", "blanching", "swelling"), "15", "2"),
    ("infiltration", ("coolness", "blanching", "swelling", "numbness"), "16", "3"),
    ("infiltration", ("tight", "swelling"), "3", "4"),
    ("extravasation", ("pain",), None, "1"),
    ("extravasation", ("pain", "swelling"), None, "2"),
    ("extravasation", ("swelling", "blanching", "slow_refill"), None, "3"),
    ("extravasation", ("blister",), None, "4"),
    ("phlebitis_mechanical", ("redness",), None, "1"),
    ("phlebitis_mechanical", ("pain", "swelling"), None, "2"),
    ("phlebitis_mechanical", ("pain", "redness", "streak", "cord"), "2.5", "3"),
    ("phlebitis_mechanical", ("cord",), "3", "4"),
    ("phlebitis_bacterial", ("purulent",), None, "4"),
    ("occlusion", ("cannot_flush", "no_return"), None, "complete"),
    ("occlusion", ("resistance",), None, "sluggish"),
    ("occlusion", ("no_return",), None, "partial"),
    ("opioid_oversedation", ("drifts_off",), None, "3"),
    ("opioid_oversedation", ("drifts_off", "rr_8"), None, "4"),
    ("hypoglycemia", ("glucose_70",), None, "mild"),
    ("hypoglycemia", ("glucose_54",), None, "moderate"),
    ("hypoglycemia", ("glucose_70", "seizure"), None, "severe"),
    ("medication_error", ("wrong_dose", "no_harm"), None, "C"),
    ("clabsi_suspected", ("fever", "chills"), None, "moderate"),
    ("clabsi_suspected", ("rigors", "hypotension"), None, "severe"),
    ("fluid_overload", ("high_pressure", "rr_25"), None, "severe"),
]


@pytest.mark.parametrize(("what", "signs", "size", "grade"), SUGGESTED)
def test_the_signs_suggest_a_grade(
    what: str, signs: tuple[str, ...], size: str | None, grade: str
) -> None:
    step = noticed(signs=signs, measured_cm=Decimal(size) if size else None)
    found = suggestion(complication(step, what=what), CATALOGUE.kind(what), CATALOGUE, facts())
    assert found is not None
    assert found.grade == grade
    assert found.because


def test_nothing_ticked_suggests_nothing() -> None:
    kind = CATALOGUE.kind("hematoma")
    assert suggestion(complication(noticed(), what="hematoma"), kind, CATALOGUE, facts()) is None


def test_the_last_vital_signs_count_too() -> None:
    signs = VitalsFact(at(10, 27), spo2=Decimal(89), respirations=Decimal(26))
    one = complication(noticed(signs=("high_pressure",)), what="fluid_overload")
    kind = CATALOGUE.kind("fluid_overload")
    known = facts(last_vitals=signs)
    found = suggestion(one, kind, CATALOGUE, known)
    assert found is not None
    assert (found.grade, found.because) == ("severe", "SpO2 below 90 %, respirations 25 or more")
    old = VitalsFact(at(10, 26) - timedelta(minutes=16), spo2=Decimal(89))
    before = suggestion(one, kind, CATALOGUE, facts(last_vitals=old))
    assert before is not None
    assert before.grade == "mild"


def test_a_sign_may_ask_for_a_faster_call_than_the_grade() -> None:
    slight = noticed(scale="extravasation", grade="1", signs=("pain",))
    grave = noticed(scale="extravasation", grade="1", signs=("pain", "tissue_loss"))
    for step, code in ((slight, "N1"), (grave, "N0")):
        duty = duty_of(complication(step, what="extravasation"), CATALOGUE, ZONE)
        assert duty is not None
        assert duty.code == code


def test_the_minimum_is_asked_of_every_complication() -> None:
    kind = CATALOGUE.kind("hematoma")
    during = complication(noticed(), what="hematoma", during="during", photographed=True)
    assert set(asked_fields(during, kind, facts())) == {
        "segment", "onset_ml", "condition_at_departure", "photo_ids", "size_length_cm",
        "anticoagulant",
    }  # fmt: skip
    stick = complication(noticed(), what="sharps_injury")
    assert asked_fields(stick, CATALOGUE.kind("sharps_injury"), facts()) == ()


def test_actions_belong_to_their_grades() -> None:
    kind = CATALOGUE.kind("infusion_reaction")
    scale = CATALOGUE.scales["ctcae_irr"]

    def does(grade: str | None) -> set[str]:
        return {action.does for action in kind.actions_for(grade, scale)}

    assert "call_911" not in does("2")
    assert "call_911" in does("3")
    assert "restart" in does("1")
    assert "restart" not in does("3")
    assert len(kind.actions_for(None, scale)) == len(kind.actions)
