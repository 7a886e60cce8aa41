"""Scales by the vectors of clinical reference 3.11, their exactly-at rules, and the catalogue."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.scales.anaphylaxis import (
    ALL_SIGNS,
    Drop,
    Reaction,
    Verdict,
    anaphylaxis,
    hypotension,
    low_systolic,
)
from infusion_visits.core.scales.catalogue import Resume, Stop, read_scales, scales_in_force
from infusion_visits.core.scales.news2 import News2, Parts, band_of, score
from infusion_visits.core.scales.reaction import Course, infusion_reaction
from infusion_visits.core.scales.scores import (
    PainScale,
    pain_band,
    pain_scale_for,
    sedation,
    total_of,
)
from infusion_visits.core.scales.site import (
    Extravasated,
    SiteSigns,
    compress_for,
    extravasation,
    fever,
    ins_infiltration,
    ins_phlebitis,
    is_extravasation,
    vip,
)

SCALES = scales_in_force({})


def swollen(cm: str, *others: str, tissue: str = "none", limb: str = "") -> SiteSigns:
    return SiteSigns(
        edema=True,
        edema_cm=Decimal(cm),
        others=frozenset({"blanching", "coolness", "swelling", *others}),
        tissue=tissue,
        limb_cm=Decimal(limb) if limb else None,
    )


@pytest.mark.parametrize(
    ("signs", "grade"),
    [
        (SiteSigns(erythema=True), "1"),
        (SiteSigns(pain=True, edema=True), "2"),
        (SiteSigns(pain=True, erythema=True, streak=True, cord=True, cord_cm=Decimal(2)), "3"),
        (SiteSigns(pain=True, erythema=True, cord=True, cord_cm=Decimal("2.5")), "3"),
        (SiteSigns(cord=True, cord_cm=Decimal("2.6")), "4"),
        (SiteSigns(cord=True, cord_cm=Decimal(3)), "4"),
        (SiteSigns(purulent=True), "4"),
        (SiteSigns(cord=True), "3"),
        (SiteSigns(edema=True), "0"),
        (SiteSigns(), "0"),
    ],
)
def test_ins_phlebitis(signs: SiteSigns, grade: str) -> None:
    assert ins_phlebitis(signs, SCALES).grade == grade


def test_pain_alone_is_noted_where_the_scale_does_not_count_it() -> None:
    assert ins_phlebitis(SiteSigns(pain=True), SCALES).note
    assert ins_phlebitis(SiteSigns(pain=True), SCALES).grade == "0"
    assert vip(SiteSigns(pain=True)).grade == "1"


@pytest.mark.parametrize(
    ("signs", "grade"),
    [
        (SiteSigns(erythema=True), "1"),
        (SiteSigns(pain=True, erythema=True), "2"),
        (SiteSigns(pain=True, erythema=True, edema=True), "3"),
        (SiteSigns(pain=True, erythema=True, edema=True, cord=True), "4"),
        (SiteSigns(pain=True, erythema=True, edema=True, cord=True, fever=True), "5"),
        (SiteSigns(pain=True, erythema=True, edema=True, fever=True), "3"),
        (SiteSigns(cord=True), "3"),
    ],
)
def test_vip(signs: SiteSigns, grade: str) -> None:
    assert vip(signs).grade == grade


def test_fever_begins_at_38() -> None:
    assert fever(Decimal("38.0"), SCALES)
    assert not fever(Decimal("37.9"), SCALES)
    assert not fever(None, SCALES)


@pytest.mark.parametrize(
    ("signs", "grade"),
    [
        (swollen("2"), "1"),
        (swollen("2.4"), "1"),
        (swollen("2.5"), "2"),
        (swollen("15"), "2"),
        (swollen("15.1"), "3"),
        (swollen("16", "numbness"), "3"),
        (swollen("1", tissue="vesicant"), "4"),
        (swollen("1", tissue="intermediate"), "4"),
        (swollen("1", tissue="irritant"), "4"),
        (swollen("1", tissue="blood"), "4"),
        (SiteSigns(tissue="intermediate"), "0"),
        (SiteSigns(tissue="vesicant", others=frozenset({"bruising"})), "0"),
        (swollen("3", limb="11"), "1"),
        (swollen("3", limb="10"), "2"),
        (swollen("6", limb="10"), "2"),
        (swollen("6.1", limb="10"), "3"),
    ],
)
def test_infiltration(signs: SiteSigns, grade: str) -> None:
    assert ins_infiltration(signs, SCALES).grade == grade


@pytest.mark.parametrize(
    ("tissue", "named"),
    [("vesicant", True), ("intermediate", True), ("irritant", False), ("none", False)],
)
def test_extravasation_is_a_vesicant_or_intermediate_with_a_sign(tissue: str, named: bool) -> None:
    assert is_extravasation(swollen("1", tissue=tissue)) is named
    assert not is_extravasation(SiteSigns(tissue=tissue))


@pytest.mark.parametrize(
    ("seen", "grade"),
    [
        (Extravasated(), None),
        (Extravasated(pain=True, swelling="minimal"), "1"),
        (Extravasated(pain=True, swelling="mild", redness=True, refill="normal"), "2"),
        (Extravasated(swelling="moderate", blanching=True, refill="sluggish"), "3"),
        (Extravasated(swelling="marked", blanching=True, refill="sluggish"), "3"),
        (Extravasated(swelling="marked", blanching=True, coolness=True), "4"),
        (Extravasated(swelling="mild", blister=True), "4"),
        (Extravasated(arterial=True), "4"),
    ],
)
def test_extravasation(seen: Extravasated, grade: str | None) -> None:
    found = extravasation(seen)
    assert (found.grade if found else None) == grade


@pytest.mark.parametrize(
    ("names", "compress"),
    [
        (["DOBUTamine"], "warm"),
        (["vinCRIStine"], "warm"),
        (["DOXOrubicin"], "cold"),
        (["vancomycin"], ""),
        (["tpn"], ""),
        (["parenteral nutrition, 2-in-1"], ""),
    ],
)
def test_compress_by_drug(names: list[str], compress: str) -> None:
    found = compress_for(names, SCALES)
    assert found is not None
    assert found.compress == compress


def test_an_unknown_drug_has_no_compress() -> None:
    assert compress_for(["infliximab"], SCALES) is None


def signs(*keys: str, **more: Any) -> Reaction:
    figures: dict[str, Any] = {
        key: Decimal(value) if key in {"systolic", "baseline_systolic", "spo2"} else value
        for key, value in more.items()
    }
    return Reaction(frozenset(keys), **figures)


@pytest.mark.parametrize(
    ("seen", "verdict", "met"),
    [
        (signs("hives", "wheeze"), Verdict.LIKELY, ("C1", "C2")),
        (signs("hives", "wheeze", exposure=False), Verdict.LIKELY, ("C1",)),
        (signs("hives"), Verdict.NOT_MET, ()),
        (signs(systolic="92", baseline_systolic="140"), Verdict.LIKELY, ("C2",)),
        (signs(systolic="98", baseline_systolic="140"), Verdict.NOT_MET, ()),
        (signs(systolic="97", baseline_systolic="140"), Verdict.LIKELY, ("C2",)),
        (signs(systolic="89"), Verdict.LIKELY, ("C2",)),
        (signs(systolic="90"), Verdict.NOT_MET, ()),
        (signs(systolic="89", exposure=False), Verdict.NOT_MET, ()),
        (signs(systolic="89", exposure=None), Verdict.POSSIBLE, ()),
        (signs(systolic="86", baseline_systolic="88"), Verdict.POSSIBLE, ()),
        (signs(systolic="61", baseline_systolic="88"), Verdict.LIKELY, ("C2",)),
        (signs("stridor"), Verdict.LIKELY, ("C2",)),
        (signs("voice_change"), Verdict.LIKELY, ("C2",)),
        (signs("flushing"), Verdict.NOT_MET, ()),
        (signs("flushing", "repeated_vomiting"), Verdict.LIKELY, ("C1",)),
        (signs("dyspnea"), Verdict.NOT_MET, ()),
        (signs("hives", spo2="92"), Verdict.NOT_MET, ()),
        (signs("hives", spo2="91"), Verdict.LIKELY, ("C1",)),
        (signs("hives", "wheeze", acute=False), Verdict.NOT_MET, ()),
        (signs(systolic="69", age_years=0), Verdict.LIKELY, ("C2",)),
        (signs(systolic="70", age_years=0), Verdict.NOT_MET, ()),
        (signs(systolic="71", age_years=1), Verdict.LIKELY, ("C2",)),
        (signs(systolic="72", age_years=1), Verdict.NOT_MET, ()),
        (signs(systolic="87", age_years=9), Verdict.LIKELY, ("C2",)),
        (signs(systolic="88", age_years=9), Verdict.NOT_MET, ()),
        (signs(systolic="89", age_years=10), Verdict.LIKELY, ("C2",)),
    ],
)
def test_anaphylaxis(seen: Reaction, verdict: Verdict, met: tuple[str, ...]) -> None:
    found = anaphylaxis(seen, SCALES)
    assert (found.verdict, found.met) == (verdict, met)
    assert found.locks_resume is (verdict is Verdict.LIKELY)
    assert bool(found.steps) is (verdict is Verdict.LIKELY)


def test_likely_anaphylaxis_says_epinephrine_and_911() -> None:
    found = anaphylaxis(signs("hives", systolic="84", baseline_systolic="140"), SCALES)
    assert found.words.replace("\u00a0", " ") == (
        "Anaphylaxis criteria met (C1 and C2): hives, systolic 84, 40 % below 140"
    )
    assert any("epinephrine now" in step for step in found.steps)
    assert "Call 911" in found.steps


@given(st.integers(40, 220), st.integers(40, 220))
def test_a_fall_is_judged_in_whole_figures(now: int, before: int) -> None:
    found = hypotension(Decimal(now), Decimal(before), 40, SCALES)
    if 10 * now < 7 * before:
        assert found is Drop.YES
    elif now >= 90:
        assert found is Drop.NO
    else:
        assert found is (Drop.UNCLEAR if before < 90 else Drop.YES)


@given(st.frozensets(st.sampled_from(sorted(ALL_SIGNS))), st.sampled_from(sorted(ALL_SIGNS)))
def test_one_more_sign_never_takes_the_verdict_back(seen: frozenset[str], more: str) -> None:
    if anaphylaxis(Reaction(seen), SCALES).verdict is Verdict.LIKELY:
        assert anaphylaxis(Reaction(seen | {more}), SCALES).verdict is Verdict.LIKELY


def test_ages_of_low_pressure_do_not_overlap() -> None:
    assert [low_systolic(age, SCALES) for age in (0, 1, 9, 10, None)] == [70, 72, 88, 90, 90]


@pytest.mark.parametrize(
    ("course", "grade"),
    [
        (Course(), "1"),
        (Course(interrupted=True, treated=True, prompt=True), "2"),
        (Course(interrupted=True), "2"),
        (Course(interrupted=True, prompt=True, recurred=True), "3"),
        (Course(interrupted=True, prompt=False), "3"),
        (Course(hospital=True), "3"),
        (Course(anaphylaxis=True), "3"),
        (Course(anaphylaxis=True, life_threatening=True), "4"),
        (Course(died=True), "5"),
    ],
)
def test_infusion_reaction(course: Course, grade: str) -> None:
    assert infusion_reaction(course).grade == grade


def test_what_each_reaction_grade_allows() -> None:
    resumes = [grade.resume for grade in SCALES.scale("ctcae_irr").grades]
    assert resumes == [Resume.SLOWER, Resume.HALF, Resume.NEVER, Resume.NEVER, Resume.NEVER]
    codes = [grade.notify for grade in SCALES.scale("ctcae_irr").grades]
    assert codes == ["N3", "N1", "N0", "N0", "N0"]


@pytest.mark.parametrize(
    ("figure", "band"),
    [
        ("0", "none"),
        ("1", "mild"),
        ("3", "mild"),
        ("4", "moderate"),
        ("6", "moderate"),
        ("7", "severe"),
        ("10", "severe"),
        ("11", None),
        ("3.5", None),
    ],
)
def test_pain_bands(figure: str, band: str | None) -> None:
    found = pain_band(Decimal(figure), SCALES)
    assert (found.key if found else None) == band


def test_who_cannot_say_is_asked_by_another_scale() -> None:
    assert pain_scale_for(36, can_say=False) is PainScale.FLACC
    assert pain_scale_for(95, can_say=False) is PainScale.FLACC
    assert pain_scale_for(96, can_say=False) is PainScale.PAINAD
    assert pain_scale_for(12 * 80, can_say=False) is PainScale.PAINAD
    assert pain_scale_for(12 * 80, can_say=True) is PainScale.NRS


def test_sums_are_whole_or_missing() -> None:
    five = {"face": 2, "legs": 0, "activity": 1, "cry": 2, "consolable": 1}
    assert total_of("flacc", five, SCALES).total == 6
    partly = total_of("flacc", {**five, "cry": None}, SCALES)
    assert (partly.total, partly.missing) == (None, ("cry",))
    with pytest.raises(ValueError, match="0 to 2"):
        total_of("flacc", {**five, "cry": 3}, SCALES)


def test_falls_need_all_ten() -> None:
    items = [key for key, _ in SCALES.screens["mahc10"].items]
    assert len(items) == 10
    four = {key: number < 4 for number, key in enumerate(items)}
    assert total_of("mahc10", four, SCALES).at_risk is True
    three = {key: number < 3 for number, key in enumerate(items)}
    assert total_of("mahc10", three, SCALES).at_risk is False
    assert total_of("mahc10", {**four, items[9]: None}, SCALES).total is None


def test_sedation_keys_are_text() -> None:
    scale = SCALES.scale("poss")
    assert [grade.key for grade in scale.grades] == ["S", "1", "2", "3", "4"]
    assert [grade.acceptable for grade in scale.grades] == [True, True, True, False, False]
    three, four = sedation("3", SCALES), sedation("4", SCALES)
    assert three is not None
    assert four is not None
    assert (three.notify, three.stop) == ("N1", Stop.HOLD)
    assert (four.notify, four.stop) == ("N0", Stop.STOP)
    assert "Ramsay" in scale.caveat


@pytest.mark.parametrize(
    ("respirations", "spo2", "systolic", "band", "code"),
    [
        (16, 98, 120, "none", ""),
        (16, 95, 120, "low", ""),
        (8, 98, 120, "low-medium", "N2"),
        (24, 93, 110, "medium", "N1"),
        (25, 91, 110, "high", "N0"),
    ],
)
def test_every_band_of_news2_has_its_answer(
    respirations: int, spo2: int, systolic: int, band: str, code: str
) -> None:
    made = score(
        Parts(
            Decimal(respirations),
            Decimal(spo2),
            False,
            Decimal(systolic),
            Decimal(70),
            "A",
            Decimal(37),
        )
    )
    assert isinstance(made, News2)
    found = band_of(made, SCALES)
    assert found is not None
    assert (found.key, found.notify) == (band, code)
    assert found.low <= made.total <= found.high
    assert found.steps


def test_every_scale_names_source_and_published_ones_their_licence() -> None:
    published = {"ins_phlebitis", "vip", "ins_infiltration", "extravasation", "ctcae_irr", "poss"}
    for key, scale in SCALES.scales.items():
        assert scale.source, key
        assert scale.licence or key not in published, key
    assert SCALES.scale("ins_infiltration").unsure
    assert "Royal College of Physicians" in SCALES.notes["news2"]


@pytest.mark.parametrize("key", ["ins_phlebitis", "vip", "ins_infiltration", "extravasation"])
def test_graver_grades_never_ask_for_less(key: str) -> None:
    codes = [int(grade.notify[1]) if grade.notify else 9 for grade in SCALES.scale(key).grades]
    assert codes == sorted(codes, reverse=True)


@pytest.mark.parametrize(
    ("path", "key", "value", "words"),
    [
        (("scale", "vip"), "licens", "x", "licence"),
        (("scale", "vip"), "source", None, "no source"),
        (("scale", "vip", "limits"), "fever_above_c", 38, "not known"),
        (("scale", "vip", "limits"), "fever_from_c", -1, "above 0"),
        (("scale", "vip", "grades", 2), "notify", "N7", "not known"),
        (("wao",), "spo2_below", 0, "from 1"),
        (("compress", "vinca"), "compress", "hot", "not known"),
        (("scale", "poss"), "grades", [], "needs its grades"),
    ],
)
def test_a_faulty_catalogue_is_refused(
    path: tuple[Any, ...], key: str, value: object, words: str
) -> None:
    plain: Any = copy.deepcopy(dict(load_catalogue("scales")))
    entry = plain
    for part in path:
        entry = entry[part]
    if value is None:
        del entry[key]
    else:
        entry[key] = value
    with pytest.raises(CatalogueRefused, match=words):
        read_scales(plain)


def test_an_agency_may_move_a_limit() -> None:
    plain: Any = copy.deepcopy(dict(load_catalogue("scales")))
    plain["scale"]["ins_phlebitis"]["limits"]["cord_above_cm"] = 4
    signs_seen = SiteSigns(cord=True, cord_cm=Decimal(3))
    assert ins_phlebitis(signs_seen, read_scales(plain)).grade == "3"
