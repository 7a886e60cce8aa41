"""Phlebitis, infiltration and occlusion by the vectors of clinical reference 3.11."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.rules import grades
from infusion_visits.sections.devices.rules.grades import Occlusion, SiteSigns
from tests.sections.devices.made_lines import PICC_ID, check

INS = [
    ("nothing", SiteSigns(), 0),
    ("erythema only", SiteSigns(erythema=True), 1),
    ("pain and edema, no cord", SiteSigns(pain=True, edema=True), 2),
    (
        "streak and cord 2.0 cm",
        SiteSigns(pain=True, erythema=True, streak=True, cord=True, cord_cm=Decimal("2.0")),
        3,
    ),
    (
        "cord 2.5 cm is not over 2.5",
        SiteSigns(pain=True, erythema=True, streak=True, cord=True, cord_cm=Decimal("2.5")),
        3,
    ),
    ("cord 3 cm", SiteSigns(pain=True, erythema=True, cord=True, cord_cm=Decimal(3)), 4),
    ("pus", SiteSigns(purulent=True), 4),
    ("pain only is 0 here and 1 on the VIP", SiteSigns(pain=True), 0),
]
VIP = [
    (SiteSigns(erythema=True), 1),
    (SiteSigns(pain=True), 1),
    (SiteSigns(edema=True), 1),
    (SiteSigns(pain=True, erythema=True), 2),
    (SiteSigns(pain=True, erythema=True, edema=True), 3),
    (SiteSigns(pain=True, erythema=True, edema=True, cord=True), 4),
    (SiteSigns(pain=True, erythema=True, edema=True, cord=True, fever=True), 5),
    (SiteSigns(cord=True), 3),
]


def swollen(centimetres: str, *others: str, tissue: str = "none") -> SiteSigns:
    """A blanched, cool, swollen site."""
    seen = frozenset({"blanching", "coolness", "swelling", *others})
    return SiteSigns(edema=True, edema_cm=Decimal(centimetres), others=seen, tissue=tissue)


INFILTRATION = [
    (swollen("2"), 1),
    (swollen("2.5"), 2),
    (swollen("15"), 2),
    (swollen("16", "numbness"), 3),
    (swollen("1", tissue="vesicant"), 4),
    (swollen("1", tissue="blood"), 4),
    (swollen("1", "pitting"), 4),
    (SiteSigns(tissue="intermediate"), 0),
    (SiteSigns(others=frozenset({"bruising"})), 0),
    (SiteSigns(edema=True, others=frozenset({"swelling", "redness"})), 0),
]


@pytest.mark.parametrize(("case", "signs", "grade"), INS, ids=[case for case, _, _ in INS])
def test_ins_phlebitis(case: str, signs: SiteSigns, grade: int) -> None:
    assert grades.ins_phlebitis(signs) == grade, case


@pytest.mark.parametrize(("signs", "score"), VIP)
def test_vip(signs: SiteSigns, score: int) -> None:
    assert grades.vip(signs) == score


@pytest.mark.parametrize(("signs", "grade"), INFILTRATION)
def test_ins_infiltration(signs: SiteSigns, grade: int) -> None:
    assert grades.ins_infiltration(signs) == grade


def test_a_vesicant_names_it_extravasation_and_an_irritant_does_not() -> None:
    assert grades.is_extravasation(swollen("1", tissue="vesicant"))
    assert grades.is_extravasation(swollen("1", tissue="intermediate"))
    assert not grades.is_extravasation(swollen("1", tissue="irritant"))
    assert not grades.is_extravasation(SiteSigns(tissue="vesicant"))


@given(st.sets(st.sampled_from([option.key for option in of.SIGNS])), st.booleans())
def test_more_signs_never_lower_a_phlebitis_grade(seen: set[str], more: bool) -> None:
    fewer = grades.site_signs(check(PICC_ID, site="signs", signs=tuple(seen)))
    worse = grades.site_signs(
        check(
            PICC_ID, site="signs", signs=(*seen, "redness"), drainage="purulent" if more else None
        )
    )
    assert grades.ins_phlebitis(worse) >= grades.ins_phlebitis(fewer)
    assert grades.vip(worse) >= grades.vip(fewer)


@given(st.sets(st.sampled_from([option.key for option in of.SIGNS])))
def test_a_normal_site_has_no_grade_whatever_was_ticked_before(seen: set[str]) -> None:
    signs = grades.site_signs(
        check(PICC_ID, site="normal", signs=tuple(seen), infusate="vesicant", drainage="purulent")
    )
    assert grades.ins_phlebitis(signs) == 0
    assert grades.vip(signs) == 0
    assert grades.ins_infiltration(signs) == 0


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
    assert grades.occlusion(kind, flush, back) is degree


EXTERNAL = [
    ("2", "4", "2", True),
    ("2", "3.5", "1.5", False),
    ("3", "1.5", "-1.5", True),
    ("0", "0", "0", False),
]


@pytest.mark.parametrize(("baseline", "now", "change", "alert"), EXTERNAL)
def test_external_length(baseline: str, now: str, change: str, alert: bool) -> None:
    found = grades.external_change(Decimal(baseline), Decimal(now))
    assert found == Decimal(change)
    assert grades.migrated(found, Decimal(2)) is alert


def test_an_unknown_baseline_cannot_be_compared_and_is_never_zero() -> None:
    assert grades.external_change(None, Decimal(4)) is None
    assert grades.external_change(Decimal(4), None) is None
    assert not grades.migrated(None, Decimal(2))
    assert grades.inside_length(Decimal(42), Decimal(3)) == Decimal(39)
    assert grades.inside_length(None, Decimal(3)) is None


def test_heparin_is_told_in_units_and_ten_is_not_a_hundred() -> None:
    assert grades.heparin_units(Decimal(100), Decimal(5)) == Decimal(500)
    assert grades.heparin_units(Decimal(10), Decimal(5)) == Decimal(50)
    assert grades.heparin_units(None, Decimal(5)) is None


@pytest.mark.parametrize(
    ("scale", "highest"), [("ins_phlebitis", 4), ("vip", 5), ("ins_infiltration", 4)]
)
def test_the_grades_of_the_form_are_those_of_the_scale(scale: str, highest: int) -> None:
    entry = load_catalogue("scales")["scale"][scale]
    assert [grade["key"] for grade in entry["grades"]] == [o.key for o in of.grades(highest)]
    titles = {of.INS_PHLEBITIS, of.VIP, of.INS_INFILTRATION}
    assert entry["title"] in titles
    assert entry["source"]
