"""What must hold of every calculation, whatever the figures: the worked figures themselves are
cases of the clinical reference."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.calculations.blood_products import factor_units, weekly_scig
from infusion_visits.core.calculations.body import (
    Sex,
    adjusted_weight,
    age_on,
    ideal_weight,
    mean_pressure,
    surface,
)
from infusion_visits.core.calculations.catheter_days import (
    Counting,
    Days,
    catheter_days,
    per_thousand_days,
)
from infusion_visits.core.calculations.constants import CATALOGUE, read_constants
from infusion_visits.core.calculations.conversions import convert
from infusion_visits.core.calculations.exact import (
    CannotBeWorkedOut,
    figure_words,
    half_up,
    signed,
)
from infusion_visits.core.calculations.external_length import Movement, change, inner_length
from infusion_visits.core.calculations.inotropes import (
    mcg_per_kg_per_minute_at,
    rate_from_mcg_per_kg_per_minute,
    renal_rate,
)
from infusion_visits.core.calculations.kidney import (
    Basis,
    clearance,
    creatinine_mg_per_dl,
    weight_for_clearance,
)
from infusion_visits.core.calculations.next_due import Due, due_after_days, due_after_hours
from infusion_visits.core.calculations.nutrition_cycle import cycle
from infusion_visits.core.calculations.pump_residual import residual
from infusion_visits.core.calculations.quantities import (
    Centimetres,
    Grams,
    Hours,
    Kilograms,
    McgPerKgPerMinute,
    McgPerMl,
    MgPerDl,
    MgPerKgPerHour,
    MgPerMl,
    MicromolPerLitre,
    Millilitres,
    Minutes,
    MlPerHour,
    MlPerMinute,
    MmHg,
    PercentOfNormal,
    Weeks,
)
from infusion_visits.core.calculations.rates import (
    mg_per_kg_per_hour_at,
    pump_rate,
    rate_from_mg_per_kg_per_hour,
)
from infusion_visits.core.calculations.vials import vials
from infusion_visits.core.catalogue import CatalogueRefused
from infusion_visits.core.resources import load_catalogue
from infusion_visits.core.units import CELSIUS, FAHRENHEIT, KILOGRAM, MMHG, POUND


def decimals(low: str, high: str, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.decimals(Decimal(low), Decimal(high), places=places)


WEIGHT = decimals("2", "300")
CONCENTRATION = decimals("0.1", "4000")
RATE = decimals("0.1", "999.9", 1)


def test_a_float_is_no_clinical_figure() -> None:
    with pytest.raises(TypeError):
        Kilograms(0.1)  # type: ignore[arg-type]  # that is what must be refused


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("7.875", 1, "7.9"),
        ("2125.5", 0, "2126"),
        ("38.05", 1, "38.1"),
    ],
)
def test_halves_go_up(value: str, places: int, shown: str) -> None:
    assert half_up(Fraction(value), places) == Decimal(shown)


@given(st.fractions(), st.integers(0, 4))
def test_rounding_moves_at_most_half_a_step(value: Fraction, places: int) -> None:
    assert abs(Fraction(half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


def test_a_figure_is_shown_as_doses_are_written() -> None:
    assert figure_words(Fraction(5), "mg", 1) == "5\u00a0mg"
    assert figure_words(Fraction("0.25"), "mg", 2) == "0.25\u00a0mg"
    assert figure_words(Fraction(10000), "units", 0) == "10,000\u00a0units"
    assert signed(Fraction("-1.5"), "cm", 1) == "−1.5\u00a0cm"
    assert signed(Fraction(0), "cm", 1) == "0\u00a0cm"


@given(decimals("1", "5000"), st.integers(1, 3000))
def test_a_rate_over_its_minutes_gives_back_the_volume(volume: Decimal, minutes: int) -> None:
    made = pump_rate(Millilitres(volume), Minutes(minutes))
    assert made.value * minutes / 60 == Fraction(volume)


@given(decimals("0.01", "600"), WEIGHT, CONCENTRATION)
def test_a_dose_rate_survives_the_way_there_and_back(
    dose: Decimal, weight: Decimal, strength: Decimal
) -> None:
    rate = rate_from_mg_per_kg_per_hour(MgPerKgPerHour(dose), Kilograms(weight), MgPerMl(strength))
    back = mg_per_kg_per_hour_at(MlPerHour(rate.value), Kilograms(weight), MgPerMl(strength))
    assert back.value == Fraction(dose)


@given(decimals("0.01", "20", 3), WEIGHT, CONCENTRATION)
def test_a_pump_rate_delivers_what_was_ordered_to_half_its_step(
    dose: Decimal, weight: Decimal, strength: Decimal
) -> None:
    kilograms, strong = Kilograms(weight), McgPerMl(strength)
    made = rate_from_mcg_per_kg_per_minute(McgPerKgPerMinute(dose), kilograms, strong)
    step = mcg_per_kg_per_minute_at(MlPerHour("0.05"), kilograms, strong)
    assert abs(made.delivers.value - Fraction(dose)) <= step.value
    exact = mcg_per_kg_per_minute_at(MlPerHour(made.value), kilograms, strong)
    assert exact.value == Fraction(dose)


def test_a_reduced_rate_is_that_of_the_lower_line_never_in_between() -> None:
    table = read_constants(load_catalogue(CATALOGUE)).renal["milrinone"]
    between = renal_rate(MlPerMinute(45), table)
    assert between is not None
    assert between.rounded == Decimal("0.380")
    assert renal_rate(MlPerMinute("50.1"), table) is None
    with pytest.raises(CannotBeWorkedOut):
        renal_rate(MlPerMinute("4.9"), table)


@given(decimals("0.1", "9000"), decimals("0.1", "1000"))
def test_vials_hold_the_dose_and_the_waste(dose: Decimal, vial: Decimal) -> None:
    made = vials(dose, vial, "mg")
    assert made.value * made.vial == made.dose + made.waste
    assert 0 <= made.waste < made.vial
    assert made.nearest in {made.value, max(made.value - 1, 1)}


@given(decimals("100", "5000"), decimals("4", "24"), decimals("0", "1"), decimals("0", "2"))
def test_a_nutrition_cycle_delivers_its_volume(
    volume: Decimal, hours: Decimal, up: Decimal, down: Decimal
) -> None:
    made = cycle(Millilitres(volume), Hours(hours), Hours(up), Hours(down))
    assert made.volume_ml == Fraction(volume)


@given(WEIGHT, decimals("0", "50", 0), decimals("51", "200", 0))
def test_a_factor_dose_raises_by_what_was_asked(
    weight: Decimal, now: Decimal, wanted: Decimal
) -> None:
    made = factor_units(
        Kilograms(weight), PercentOfNormal(now), PercentOfNormal(wanted), Decimal("0.5")
    )
    assert made.value / Fraction("0.5") / Fraction(weight) == Fraction(wanted - now)


def test_a_factor_dose_needs_a_rise() -> None:
    with pytest.raises(CannotBeWorkedOut):
        factor_units(Kilograms(70), PercentOfNormal(50), PercentOfNormal(50), Decimal(1))


def test_the_volume_of_immune_globulin_comes_from_unrounded_grams() -> None:
    made = weekly_scig(Grams(35), Weeks(4), Decimal("1.37"))
    assert made.volume.value == Fraction(35) / 4 * Fraction("1.37") * 5
    assert "1.37" in made.sentence


@given(decimals("152.4", "210", 1), st.sampled_from(Sex))
def test_ideal_weight_rises_with_height(height: Decimal, sex: Sex) -> None:
    one = ideal_weight(sex, Centimetres(height), 40)
    other = ideal_weight(sex, Centimetres(height + 1), 40)
    assert other.value > one.value
    assert adjusted_weight(Kilograms(one.value), one).value == one.value


@pytest.mark.parametrize(("height", "age"), [("152.3", 40), ("170", 17)])
def test_ideal_weight_is_refused_where_it_is_not_valid(height: str, age: int) -> None:
    with pytest.raises(CannotBeWorkedOut):
        ideal_weight(Sex.FEMALE, Centimetres(height), age)


@given(decimals("30", "250", 1), decimals("1", "350", 1))
def test_the_square_of_the_surface_is_height_times_weight(height: Decimal, weight: Decimal) -> None:
    made = surface(Centimetres(height), Kilograms(weight))
    squared = Fraction(height) * Fraction(weight) / 3600
    assert abs(made.value**2 - squared) < Fraction(1, 10**30)


@given(st.integers(1, 300), st.integers(0, 299))
def test_the_mean_lies_between_the_pressures(systolic: int, diastolic: int) -> None:
    if diastolic >= systolic:
        with pytest.raises(CannotBeWorkedOut):
            mean_pressure(MmHg(systolic), MmHg(diastolic))
        return
    assert diastolic < mean_pressure(MmHg(systolic), MmHg(diastolic)).value < systolic


@given(st.dates(date(1920, 1, 1), date(2026, 1, 1)), st.integers(0, 36500))
def test_age_never_falls_and_turns_on_the_birthday(birth: date, lived: int) -> None:
    day = birth + timedelta(days=lived)
    one, other = age_on(birth, day), age_on(birth, day + timedelta(days=1))
    assert (other.years, other.months) >= (one.years, one.months)
    assert one.days == lived


def test_who_is_born_on_a_leap_day_is_older_on_the_first_of_march() -> None:
    birth = date(2008, 2, 29)
    assert age_on(birth, date(2026, 2, 28)).years == 17
    assert age_on(birth, date(2026, 3, 1)).years == 18
    assert age_on(birth, date(2028, 2, 29)).years == 20


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 2), "1\u00a0day"),
        (date(2026, 1, 28), "27\u00a0days"),
        (date(2026, 1, 31), "30\u00a0days"),
        (date(2026, 2, 1), "1\u00a0month"),
        (date(2027, 12, 31), "23\u00a0months"),
        (date(2028, 1, 1), "2\u00a0years"),
    ],
)
def test_ages_are_told_in_days_months_years(day: date, said: str) -> None:
    assert age_on(date(2026, 1, 1), day).said == said


@given(st.integers(18, 110), decimals("30", "200", 1), decimals("0.3", "10", 1))
def test_clearance_falls_with_age_and_creatinine(
    age: int, weight: Decimal, creatinine: Decimal
) -> None:
    taken = weight_for_clearance(Sex.MALE, age, Kilograms(weight), None, Basis.ACTUAL)
    here = clearance(Sex.MALE, age, taken, MgPerDl(creatinine))
    assert clearance(Sex.MALE, age + 1, taken, MgPerDl(creatinine)).value < here.value
    assert clearance(Sex.MALE, age, taken, MgPerDl(creatinine * 2)).value < here.value
    assert clearance(Sex.FEMALE, age, taken, MgPerDl(creatinine)).value < here.value


def test_a_weight_that_the_rule_cannot_choose_is_flagged() -> None:
    short = weight_for_clearance(Sex.FEMALE, 78, Kilograms(48), Centimetres(150))
    assert short.which == "actual"
    assert short.flag
    unknown = weight_for_clearance(Sex.FEMALE, 78, Kilograms(48), None)
    assert unknown.flag
    asked = weight_for_clearance(Sex.FEMALE, 78, Kilograms(110), Centimetres(160), Basis.ACTUAL)
    assert (asked.which, asked.flag) == ("actual", "")


def test_creatinine_of_either_unit_gives_one_clearance() -> None:
    assert creatinine_mg_per_dl(MicromolPerLitre("88.4")) == 1


@given(decimals("-40", "120", 1))
def test_temperature_survives_the_way_there_and_back(value: Decimal) -> None:
    there = convert(value, FAHRENHEIT, CELSIUS)
    assert there.value * 9 / 5 + 32 == Fraction(value)


def test_what_is_no_length_is_no_weight() -> None:
    with pytest.raises(CannotBeWorkedOut):
        convert(Decimal(1), MMHG, KILOGRAM)
    assert convert(Decimal(180), POUND, KILOGRAM).shown == "81.6\u00a0kg"


DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(DAY, st.integers(0, 400), DAY)
def test_two_reports_side_by_side_count_no_day_twice(first: date, long: int, cut: date) -> None:
    placed = Days(first, first + timedelta(days=long))
    before = Days(date(2025, 1, 1), cut)
    after = Days(cut + timedelta(days=1), date(2031, 1, 1))
    whole = catheter_days(placed, Days(date(2025, 1, 1), date(2031, 1, 1)))
    parts = catheter_days(placed, before).value + catheter_days(placed, after).value
    assert whole.value == long + 1 == parts


def test_days_in_hospital_and_outside_the_service_are_left_out() -> None:
    march = Days(date(2026, 3, 1), date(2026, 3, 31))
    placed = Days(date(2026, 1, 15))
    stay = Days(date(2026, 2, 27), date(2026, 3, 4))
    assert catheter_days(placed, march, away=[stay]).value == 27
    served = Days(date(2026, 3, 10), date(2026, 3, 20))
    assert catheter_days(placed, march, service=served).value == 11
    one_day = Days(date(2026, 3, 10), date(2026, 3, 10))
    assert catheter_days(one_day, march, counting=Counting.WITHOUT_REMOVAL).value == 0


def test_without_days_there_is_no_rate() -> None:
    assert per_thousand_days(0, 0).shown == "n/a"
    assert per_thousand_days(1, 31).few_days
    assert not per_thousand_days(2, 1450).few_days


@given(decimals("1", "500", 1), decimals("0", "1", 2), RATE, decimals("0.5", "100", 1))
def test_delivered_and_left_make_the_start(
    start: Decimal, part: Decimal, rate: Decimal, hours: Decimal
) -> None:
    left = start * part
    made = residual(Millilitres(start), Millilitres(left), MlPerHour(rate), Hours(hours))
    assert made.delivered.value + Fraction(left) == Fraction(start)
    assert made.within == (abs(made.value) <= 5)


def test_more_cannot_be_left_than_there_was() -> None:
    with pytest.raises(CannotBeWorkedOut):
        residual(Millilitres(100), Millilitres(101), MlPerHour(5), Hours(1))


@given(decimals("0", "60", 1), decimals("0", "60", 1))
def test_an_outer_length_moves_one_way_or_the_other(one: Decimal, other: Decimal) -> None:
    there = change(Centimetres(one), Centimetres(other))
    back = change(Centimetres(other), Centimetres(one))
    assert there.value is not None
    assert back.value is not None
    assert there.value == -back.value
    assert (there.movement is Movement.NONE) == (one == other)


def test_no_baseline_is_not_zero() -> None:
    made = change(None, Centimetres(3))
    assert made.value is None
    assert made.movement is Movement.UNKNOWN
    assert not made.movement.alerts
    with pytest.raises(CannotBeWorkedOut):
        inner_length(Centimetres(2), Centimetres(3))


@given(DAY, st.integers(1, 400))
def test_a_day_is_overdue_only_after_it(done: date, days: int) -> None:
    due = due_after_days(done, days)
    assert due.state(due.value) is Due.SOON
    assert due.state(due.value + timedelta(days=1)) is Due.OVERDUE
    assert due.state(due.value - timedelta(days=2)) is Due.LATER


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), st.integers(1, 200))
def test_hours_are_elapsed_hours_whatever_the_clocks_do(done: datetime, hours: int) -> None:
    at = done.replace(tzinfo=UTC)
    due = due_after_hours(at, hours, "America/New_York")
    assert due.value - at == timedelta(hours=hours)
    assert due.state(due.value) is Due.SOON
    assert due.state(due.value + timedelta(seconds=1)) is Due.OVERDUE


def test_constants_without_a_source_are_refused() -> None:
    plain = load_catalogue(CATALOGUE)
    without = {key: value for key, value in plain["scig"]["hizentra"].items() if key != "source"}
    broken = {**plain, "scig": {"hizentra": without}}
    with pytest.raises(CatalogueRefused, match="no source"):
        read_constants(broken)
    uneven = {**plain["renal"]["milrinone"], "rate": [1]}
    with pytest.raises(CatalogueRefused, match="differ in length"):
        read_constants({**plain, "renal": {"milrinone": uneven}})
