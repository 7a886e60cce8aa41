"""State from steps, grades on their own scale, whom to tell by when, findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.findings import Gate, Level
from infusion_visits.core.kinds import NotDoneReason, StrikeReason
from infusion_visits.core.marks import NotDone, Struck
from infusion_visits.core.resources import load_catalogue
from infusion_visits.sections.complications import options as of
from infusion_visits.sections.complications.rules import findings, shipped_catalogue
from infusion_visits.sections.complications.rules.catalogue import read_catalogue
from infusion_visits.sections.complications.rules.state import (
    State,
    grade_at_onset,
    grade_at_peak,
    grade_now,
    headline,
    known_here,
    loop_missing,
    open_words,
    state_of,
)
from infusion_visits.sections.complications.rules.telling import (
    code_for,
    deadline_of,
    duty_of,
    told_at,
)
from infusion_visits.sections.complications.values import Complications
from tests.sections.complications.made_complications import (
    DOCUMENTED,
    NURSE,
    REACTION,
    ZONE,
    at,
    closed_reaction,
    complication,
    facts,
    noticed,
    one,
    step,
    told,
)

if TYPE_CHECKING:
    from datetime import datetime

    from infusion_visits.core.findings import Finding

CATALOGUE = shipped_catalogue()


def codes(found: list[Finding]) -> list[str]:
    """The codes without the section's name."""
    return [finding.code.removeprefix("complications.") for finding in found]


def struck(value: object) -> Struck:
    """A strike of a mistaken row."""
    return Struck(at(12), NURSE, StrikeReason.TYPING_ERROR)


# ---- the catalogue ----

LISTED = [
    "infiltration",
    "extravasation",
    "phlebitis_mechanical",
    "phlebitis_chemical",
    "phlebitis_bacterial",
    "phlebitis_post_infusion",
    "hematoma",
    "nerve_injury",
    "vein_collapse",
    "venous_spasm",
    "site_infection",
    "occlusion",
    "catheter_fracture",
    "catheter_migration",
    "dislodgement",
    "marsi",
    "casi",
    "thrombosis",
    "sc_site_reaction",
    "contamination",
    "sharps_injury",
    "clabsi_suspected",
    "air_embolism",
    "speed_shock",
    "fluid_overload",
    "infusion_reaction",
    "delayed_reaction",
    "anaphylaxis",
    "catheter_embolism",
    "cardiac_tamponade",
    "arrhythmia",
    "hypoglycemia",
    "hyperglycemia",
    "opioid_oversedation",
    "medication_error",
    "pump_failure",
    "chemo_spill",
]


def test_every_complication_of_the_reference_is_there_and_every_option_resolves() -> None:
    entries = load_catalogue("complications")["complication"]
    assert set(LISTED) <= set(entries)
    assert {option.key: option.label for option in of.KINDS} == {
        key: entry["title"] for key, entry in entries.items()
    }


def test_scales_and_grades_of_the_form_are_those_of_the_catalogue() -> None:
    scales = load_catalogue("scales")["scale"]
    assert {option.key: option.label for option in of.SCALES} == {
        key: entry["title"] for key, entry in scales.items()
    }
    grades = {grade["key"] for entry in scales.values() for grade in entry["grades"]}
    assert grades == {option.key for option in of.GRADES}


@pytest.mark.parametrize("key", sorted(CATALOGUE.kinds))
def test_an_entry_is_whole(key: str) -> None:
    kind = CATALOGUE.kinds[key]
    assert kind.actions
    assert kind.source
    assert kind.follow_up
    assert kind.scale in {"", *CATALOGUE.scales}
    assert set(kind.tell) <= {option.key for option in of.ROLES}
    floors = [one for one in kind.notify if not one.sign]
    ranks = [CATALOGUE.scales[kind.scale].rank(one.from_) if one.from_ else -1 for one in floors]
    assert ranks == sorted(ranks), "from mild to grave"
    strictness = [int(one.code[1]) for one in floors]
    assert strictness == sorted(strictness, reverse=True), "graver is told sooner"
    assert kind.signs or key == "other"
    words = [action.words for action in kind.actions]
    assert len(words) == len(set(words))
    for text in (*words, kind.document, kind.follow_up):
        for wrong in (" SC ", "µg", " cc", "mcg.", " U ", " D/C", "±"):
            assert wrong not in f" {text} ", (text, wrong)


def test_a_faulty_entry_is_named() -> None:
    kinds = load_catalogue("complications")
    scales = load_catalogue("scales")
    entry = kinds["complication"]["hematoma"]
    for change, words in (
        ({"source": ""}, "source"),
        ({"scale": "no_such"}, "hematoma, scale: 'no_such' is not known here"),
        ({"notify": [{"from": "9", "code": "N1"}]}, "hematoma, notify 1, from: '9' is not known"),
        ({"stop": "perhaps"}, "hematoma, stop: 'perhaps' is not known"),
    ):
        faulty = {**kinds, "complication": {"hematoma": {**entry, **change}}}
        with pytest.raises(CatalogueRefused, match=words):
            read_catalogue(faulty, scales)


# ---- the state ----


def test_the_state_is_its_steps() -> None:
    steps = closed_reaction()
    assert state_of(complication()) is State.OPEN
    assert state_of(complication(*steps[:4])) is State.OPEN
    assert state_of(complication(*steps)) is State.CLOSED
    again = noticed(6, at(12), scale="ctcae_irr", grade="3")
    assert state_of(complication(*steps, again)) is State.OPEN


def test_a_struck_close_closes_nothing() -> None:
    steps = closed_reaction()
    last = replace(steps[-1], mark=replace(steps[-1].mark, struck=struck(steps[-1])))
    assert state_of(complication(*steps[:-1], last)) is State.OPEN


@given(st.permutations(closed_reaction()))
def test_the_order_of_writing_does_not_matter(steps: list[object]) -> None:
    mixed = complication(*steps)  # type: ignore[arg-type]
    plain = complication(*closed_reaction())
    assert state_of(mixed) is state_of(plain)
    kind = CATALOGUE.kind("infusion_reaction")
    assert grade_at_peak(mixed, kind, CATALOGUE) == grade_at_peak(plain, kind, CATALOGUE)
    assert duty_of(mixed, CATALOGUE, ZONE) == duty_of(plain, CATALOGUE, ZONE)


def test_grades_at_onset_peak_and_now() -> None:
    steps = (
        noticed(scale="ctcae_irr", grade="1"),
        step(2, at(10, 40), "recheck", scale="ctcae_irr", grade="3"),
        step(3, at(11), "recheck", scale="ctcae_irr", grade="2"),
    )
    made, kind = complication(*steps), CATALOGUE.kind("infusion_reaction")
    grades = [
        grade_at_onset(made, kind),
        grade_at_peak(made, kind, CATALOGUE),
        grade_now(made, kind),
    ]
    assert [grade.grade for grade in grades if grade] == ["1", "3", "2"]
    assert headline(made, CATALOGUE) == "Infusion reaction, grade 3 (CTCAE 5)"


def test_grades_of_two_scales_are_never_compared() -> None:
    steps = (
        noticed(scale="ins_phlebitis", grade="2"),
        step(2, at(11), "recheck", scale="vip", grade="3"),
    )
    made = complication(*steps, what="phlebitis_mechanical")
    peak = grade_at_peak(made, CATALOGUE.kind("phlebitis_mechanical"), CATALOGUE)
    assert peak is not None
    assert (peak.scale, peak.grade) == ("ins_phlebitis", "2")


def test_text_grades_are_ordered_by_their_scale_not_by_letters() -> None:
    steps = (
        noticed(scale="severity", grade="severe"),
        step(2, at(11), "recheck", scale="severity", grade="moderate"),
    )
    assert headline(complication(*steps, what="hematoma"), CATALOGUE) == "Hematoma, severe"
    sleepy = (
        noticed(scale="poss", grade="S"),
        step(2, at(11), "recheck", scale="poss", grade="3"),
    )
    made = complication(*sleepy, what="opioid_oversedation")
    assert headline(made, CATALOGUE) == "Opioid oversedation, grade 3 (POSS)"


def test_what_is_missing_to_close_the_loop() -> None:
    kind = CATALOGUE.kind("infusion_reaction")
    steps = closed_reaction()
    assert loop_missing(complication(steps[0]), kind) == ("who was told", "recheck", "closed")
    unread = replace(steps[2], read_back=None)
    assert loop_missing(complication(steps[0], unread), kind) == ("read back", "recheck", "closed")
    assert loop_missing(complication(*steps), kind) == ()


# ---- whom to tell ----

CODES = [
    ("infusion_reaction", "ctcae_irr", "1", "N3"),
    ("infusion_reaction", "ctcae_irr", "2", "N1"),
    ("infusion_reaction", "ctcae_irr", "3", "N0"),
    ("infusion_reaction", "ctcae_irr", None, ""),
    ("infiltration", "ins_infiltration", "1", ""),
    ("infiltration", "ins_infiltration", "2", "N2"),
    ("infiltration", "ins_infiltration", "3", "N1"),
    ("extravasation", "extravasation", None, "N1"),
    ("phlebitis_mechanical", "vip", "1", ""),
    ("phlebitis_mechanical", "vip", "2", "N2"),
    ("phlebitis_post_infusion", "ins_phlebitis", "2", "N3"),
    ("hematoma", "severity", "moderate", ""),
    ("hematoma", "severity", "severe", "N1"),
    ("air_embolism", "", None, "N0"),
    ("anaphylaxis", "ctcae_irr", None, "N0"),
    ("medication_error", "merp", "B", "N3"),
    ("medication_error", "merp", "C", "N1"),
    ("opioid_oversedation", "poss", "3", "N1"),
    ("opioid_oversedation", "poss", "4", "N0"),
    ("hypoglycemia", "severity", "moderate", "N1"),
]


@pytest.mark.parametrize(("what", "scale", "grade", "code"), CODES)
def test_codes(what: str, scale: str, grade: str | None, code: str) -> None:
    assert code_for(CATALOGUE.kind(what), scale, grade, CATALOGUE) == code


DEADLINES = [
    ("N1", at(10, 26), at(10, 41)),
    ("N2", at(10, 26), at(11, 26)),
    ("N3", at(10, 26, 20), at(17, 0, 20)),  # Friday
    ("N3", at(17, 1, 20), at(17, 0, 23)),  # Friday evening -> Monday
    ("N3", at(10, 26, 21), at(17, 0, 23)),  # Saturday -> Monday
]


@pytest.mark.parametrize(("code", "since", "until"), DEADLINES)
def test_deadlines(code: str, since: datetime, until: datetime) -> None:
    assert deadline_of(code, since, ZONE, CATALOGUE.minutes[code]) == until


def test_the_duty_counts_from_the_grade_that_made_it() -> None:
    worse = (
        noticed(scale="ctcae_irr", grade="1"),
        step(2, at(10, 40), "recheck", scale="ctcae_irr", grade="2"),
    )
    duty = duty_of(complication(*worse), CATALOGUE, ZONE)
    assert duty is not None
    assert (duty.code, duty.since, duty.deadline) == ("N1", at(10, 40), at(10, 55))


def test_n0_asks_for_911_and_for_the_prescriber() -> None:
    kind = CATALOGUE.kind("anaphylaxis")
    called = told(2, at(10, 27), "emergency")
    asked = told(3, at(10, 29), "prescriber")
    assert told_at(complication(called, what="anaphylaxis"), kind, "N0") is None
    assert told_at(complication(called, asked, what="anaphylaxis"), kind, "N0") == at(10, 29)
    left = replace(asked, reached="message_left")
    assert told_at(complication(called, left, what="anaphylaxis"), kind, "N0") is None


# ---- findings ----


def test_the_exception_of_page_one() -> None:
    values = one(*closed_reaction(), during="during", report_number="R-17", **DOCUMENTED)
    found = findings(values, facts())
    (exception,) = found
    assert exception.level is Level.ALERT
    assert exception.words == "Infusion reaction, grade 2 (CTCAE 5)"
    assert exception.at == at(10, 26)
    assert exception.detail == (
        "Pulse 112, up 42 from before; headache 4 of 10. "
        "1\u00a0h\u00a014\u00a0min after the start, 85.2\u00a0mL given, at 140\u00a0mL/h. "
        "Now grade 1 (CTCAE 5). Infusion held 10:27."
    )
    assert exception.response == (
        "Told S. Lindqvist 10:30, read back: resume at half rate. Recheck 10:41: pulse 80. Closed."
    )


def test_nothing_is_counted_from_where_a_running_pump_was_found() -> None:
    values = one(*closed_reaction(), during="during", report_number="R-17", **DOCUMENTED)
    (exception,) = findings(values, facts(infusion_found=True))
    assert "after the start" not in exception.detail
    assert "85.2\u00a0mL given, at 140\u00a0mL/h." in exception.detail


def test_an_open_one_says_open() -> None:
    (exception, *_) = findings(one(*closed_reaction()[:4]), facts())
    assert exception.response.endswith("Recheck 10:41: pulse 80. Open.")


def test_nobody_told_stops_signing_and_may_be_overridden() -> None:
    found = findings(one(noticed(scale="ctcae_irr", grade="2")), facts(now=at(10, 30)))
    stop = next(f for f in found if f.code.endswith("not_told"))
    assert (stop.level, stop.gate, stop.overridable) == (Level.STOP, Gate.SIGN, True)
    assert stop.words == "Infusion reaction: prescriber or agency on call not told"
    assert "told_late" not in codes(found)


def test_the_same_business_day_is_an_advice() -> None:
    found = findings(one(noticed(scale="ctcae_irr", grade="1")), facts())
    assert [f.level for f in found if f.code.endswith("not_told")] == [Level.ADVICE]


def test_told_too_late_is_said_on_page_one() -> None:
    late = (noticed(scale="ctcae_irr", grade="2"), told(2, at(10, 50)))
    (alert,) = [f for f in findings(one(*late), facts()) if f.code.endswith("told_late")]
    assert alert.level is Level.ALERT
    assert alert.words.endswith("told after 24\u00a0min")
    just = (late[0], told(2, at(10, 41)))
    assert "told_late" not in codes(findings(one(*just), facts()))
    never = findings(one(late[0]), facts(now=at(10, 42)))
    assert "told_late" in codes(never)


def test_an_order_must_be_read_back() -> None:
    steps = list(closed_reaction())
    steps[2] = replace(steps[2], read_back=False)
    found = findings(one(*steps, **DOCUMENTED), facts())
    (stop,) = [f for f in found if f.level is Level.STOP]
    assert stop.code == "complications.not_read_back"
    assert stop.cell is not None
    assert stop.cell.row.at == (REACTION, 3)
    assert "not read back: resume at half rate" in found[0].response


def test_a_grade_is_asked_for_and_must_be_on_its_scale() -> None:
    bare = noticed()
    assert "ungraded" in codes(findings(one(bare), facts()))
    absent = {"grade": NotDone(NotDoneReason.UNABLE)}
    excused = replace(bare, mark=replace(bare.mark, not_done=absent))
    assert "ungraded" not in codes(findings(one(excused), facts()))
    odd = noticed(scale="ctcae_irr", grade="severe")
    assert "not_on_scale" in codes(findings(one(odd), facts()))
    assert "ungraded" not in codes(findings(one(noticed(), what="nerve_injury"), facts()))


def test_without_steps_it_is_not_charted() -> None:
    assert "no_steps" in codes(findings(one(), facts()))


@pytest.mark.parametrize(
    ("what", "scale", "grade", "shut"),
    [
        ("anaphylaxis", "ctcae_irr", "3", True),
        ("infusion_reaction", "ctcae_irr", "3", True),
        ("infusion_reaction", "ctcae_irr", "2", False),
        ("air_embolism", None, None, True),
        ("hematoma", "severity", "mild", False),
    ],
)
def test_what_bars_a_restart_at_this_visit(
    what: str, scale: str | None, grade: str | None, shut: bool
) -> None:
    values = one(noticed(scale=scale, grade=grade), what=what)
    gates = {f.gate for f in findings(values, facts()) if f.level is Level.STOP}
    assert ({Gate.START, Gate.STEP, Gate.RESUME} <= gates) is shut
    tomorrow = facts(arrived=at(9, 0, 22), now=at(10, 0, 22))
    later = {f.gate for f in findings(values, tomorrow) if f.level is Level.STOP}
    assert later <= {Gate.SIGN}


def test_open_ones_follow_the_patient_and_closed_ones_stay_behind() -> None:
    next_visit = facts(arrived=at(9, 0, 28), now=at(10, 0, 28))
    assert codes(findings(one(*closed_reaction()), next_visit)) == []
    still = findings(one(*closed_reaction()[:4]), next_visit)
    assert "noticed" in codes(still)
    assert "21 Nov 2026 10:30" in still[0].response
    closed_now = step(9, at(9, 30, 28), "closed", outcome="resolved")
    assert known_here(one(*closed_reaction()[:4], closed_now), next_visit)
    assert "told_late" not in codes(still)


def test_a_struck_complication_says_nothing() -> None:
    made = complication(*closed_reaction()[:4])
    gone = replace(made, mark=replace(made.mark, struck=struck(made)))
    assert findings(Complications((gone,)), facts()) == []
    assert open_words(Complications((gone,)), CATALOGUE) == ()


def test_words_of_the_nurse_name_what_is_other() -> None:
    values = one(noticed(scale="severity", grade="mild"), what="other", other_words="Headache")
    assert open_words(values, CATALOGUE) == ("Headache, mild",)


def test_the_catalogue_signed_with_the_record_wins() -> None:
    kinds = load_catalogue("complications")
    changed = {**kinds, "code": {**kinds["code"], "N1": {**kinds["code"]["N1"], "minutes": 60}}}
    late = one(noticed(scale="ctcae_irr", grade="2"), told(2, at(10, 50)))
    assert "told_late" in codes(findings(late, facts()))
    assert "told_late" not in codes(findings(late, facts(catalogue={"complications": changed})))
