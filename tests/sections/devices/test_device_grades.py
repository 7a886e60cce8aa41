"""What the signs of a check suggest, how far a lumen is blocked, heparin in units.

The scales themselves are proved by the cases of the clinical reference (3.1 to 3.4, 3.11).
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.catalogue import scales_in_force
from infusion_visits.core.scales.site import ins_infiltration, ins_phlebitis, vip
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules import flushing, grades
from infusion_visits.sections.devices.rules.lumens import Occlusion, occlusion
from tests.sections.devices.made_lines import PICC_ID, check, facts

SCALES = scales_in_force({})


@given(st.sets(st.sampled_from([option.key for option in of.SIGNS])), st.booleans())
def test_more_signs_never_lower_a_phlebitis_grade(seen: set[str], more: bool) -> None:
    fewer = grades.site_signs(check(PICC_ID, site="signs", signs=tuple(seen)), facts())
    worse = grades.site_signs(
        check(
            PICC_ID, site="signs", signs=(*seen, "redness"), drainage="purulent" if more else None
        ),
        facts(),
    )
    assert ins_phlebitis(worse, SCALES).grade >= ins_phlebitis(fewer, SCALES).grade
    assert vip(worse).grade >= vip(fewer).grade


@given(st.sets(st.sampled_from([option.key for option in of.SIGNS])))
def test_a_normal_site_has_no_grade_whatever_was_ticked_before(seen: set[str]) -> None:
    signs = grades.site_signs(
        check(PICC_ID, site="normal", signs=tuple(seen), infusate="vesicant", drainage="purulent"),
        facts(),
    )
    found = (ins_phlebitis(signs, SCALES), vip(signs), ins_infiltration(signs, SCALES))
    assert [one.grade for one in found] == ["0", "0", "0"]


OCCLUSION = [
    ("picc", "unable", "none", Occlusion.COMPLETE),
    ("picc", "unable", None, Occlusion.COMPLETE),
    ("picc", "resistance", "brisk", Occlusion.SLUGGISH),
    ("picc", "easy", "none", Occlusion.PARTIAL),
    ("port", "easy", "sluggish", Occlusion.PARTIAL),
    ("picc", "easy", "brisk", None),
    ("picc", "easy", "not_assessed", None),
    ("piv", "easy", "none", None),
    ("piv", "unable", "none", Occlusion.COMPLETE),
    ("subcut", "easy", "none_expected", None),
]


@pytest.mark.parametrize(("kind", "flush", "back", "degree"), OCCLUSION)
def test_occlusion(kind: str, flush: str, back: str | None, degree: Occlusion | None) -> None:
    assert occlusion(kind, flush, back) is degree


def test_heparin_is_told_in_units_and_ten_is_not_a_hundred() -> None:
    assert flushing.heparin_units(Decimal(100), Decimal(5)) == Decimal(500)
    assert flushing.heparin_units(Decimal(10), Decimal(5)) == Decimal(50)
    assert flushing.heparin_units(None, Decimal(5)) is None


@pytest.mark.parametrize(
    ("scale", "lowest", "highest"),
    [("ins_phlebitis", 0, 4), ("vip", 0, 5), ("ins_infiltration", 0, 4), ("extravasation", 1, 4)],
)
def test_the_grades_of_the_form_are_those_of_the_scale(
    scale: str, lowest: int, highest: int
) -> None:
    entry = load_catalogue("scales")["scale"][scale]
    assert [grade["key"] for grade in entry["grades"]] == [
        o.key for o in of.grades(highest, lowest)
    ]
    titles = {of.INS_PHLEBITIS, of.VIP, of.INS_INFILTRATION, of.EXTRAVASATION}
    assert entry["title"] in titles
    assert entry["source"]
