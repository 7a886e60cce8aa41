"""The line on page one: the body figure, how each line was found, what was done, what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import (
    Block,
    BodyFigure,
    BodyMark,
    BodySite,
    Paragraph,
    Span,
    Voice,
    Words,
    plain,
    quiet,
)
from infusion_visits.core.charted import (
    clock_words,
    leaf_text,
    leaf_words,
)
from infusion_visits.core.clock import local_day
from infusion_visits.core.moments import show_day, show_instant
from infusion_visits.core.units import plain_number
from infusion_visits.sections.devices import options as of
from infusion_visits.sections.devices.fields import (
    ACCESS_DEVICE,
    CHECK_KINDS,
    DEVICE_CARE,
    DEVICE_CHECK,
    LUMEN_CHECK,
)
from infusion_visits.sections.devices.rules.declot import courses
from infusion_visits.sections.devices.rules.declot_findings import prompt
from infusion_visits.sections.devices.rules.fact import line_facts
from infusion_visits.sections.devices.rules.lengths import change_words
from infusion_visits.sections.devices.rules.limits import limits_of
from infusion_visits.sections.devices.rules.lines import (
    at_this_visit,
    body_site,
    cares_of,
    check_of,
    count_words,
    inserted_day,
    line_label,
    line_order,
    removed_at_visit,
)
from infusion_visits.sections.devices.rules.lumens import lumen_name
from infusion_visits.sections.devices.rules.needed import WHOLE_CHECK
from infusion_visits.sections.devices.rules.site import site_words
from infusion_visits.sections.devices.rules.tips import (
    length_change,
    tip_confirmed,
    tip_method_of,
)
from infusion_visits.sections.devices.values import Devices

if TYPE_CHECKING:
    from infusion_visits.patients.facts import Facts, LineFact
    from infusion_visits.sections.devices.values import (
        AccessDevice,
        DeviceCare,
        DeviceCheck,
        LumenCheck,
    )

from infusion_visits.sections.devices.words import lock_words

NO_LINE = "No line in place."


def line_block(values: Devices, facts: Facts) -> tuple[Block, ...]:
    """The "Line" part of page one: the body figure with every line, and what was found and done."""
    shown = [
        device
        for device in line_order(values.access_device)
        if device.mark.struck is None and at_this_visit(device, facts)
    ]
    if not shown:
        return (Paragraph(plain(NO_LINE)),)
    marks = tuple(
        BodyMark(site, line_label(device))
        for device in shown
        if (site := body_site(device)) is not None
    )
    alt = "; ".join(line_label(device) for device in shown)
    beside = tuple(Paragraph(line_words(values, device, facts)) for device in shown)
    barred = _barred(facts)
    if barred:
        alt += "; no blood pressure on " + ", ".join(facts.limbs_barred_on)
    return (BodyFigure((*marks, *barred), alt, beside),)


def _barred(facts: Facts) -> tuple[BodyMark, ...]:
    sites = {
        "right arm": BodySite.RIGHT_UPPER_ARM,
        "left arm": BodySite.LEFT_UPPER_ARM,
        "right leg": BodySite.RIGHT_THIGH,
        "left leg": BodySite.LEFT_THIGH,
    }
    return tuple(
        BodyMark(sites[limb], f"no BP on {limb}", barred=True)
        for limb in facts.limbs_barred_on
        if limb in sites
    )


def line_words(values: Devices, device: AccessDevice, facts: Facts) -> Words:
    """One line on page one: what it is, how it stands, how it was found, what was done.

    What falls due next stands under "What comes next" (`words.due_lines`).
    """
    count = count_words(device)
    head = f"{line_label(device)}, {count}" if count else line_label(device)
    said = [_placed(device, facts), _tip(values, device, facts), _needle(values, device, facts)]
    words: list[Span] = [
        Span(head, Voice.STRONG),
        Span("".join(f", {part}" for part in said if part) + ". "),
    ]
    check = check_of(values, device)
    found = _found(device, check, facts)
    if found:
        words.append(Span(f"{found}. "))
    if check is None and facts.kind in CHECK_KINDS:
        words.append(Span("Not checked. ", Voice.FLAG))
    elif check is not None and WHOLE_CHECK in check.mark.not_done:
        words.extend(
            (Span("Check "), *leaf_words(DEVICE_CHECK.leaf(WHOLE_CHECK), check, facts), Span(". "))
        )
    done = _done(values, device, facts)
    if done:
        words.append(Span(f"{done}. "))
    if not_for := _not_to_be_used(values, device, facts):
        words.append(Span(f"Not to be used: {not_for}. ", Voice.FLAG))
    if removed_at_visit(device, facts):
        words.append(Span(_removed(device, facts), Voice.STRONG))
    return tuple(words)


def _not_to_be_used(values: Devices, device: AccessDevice, facts: Facts) -> str:
    """Why nothing is to run through the line, or through which of its lumens."""
    if device.kind in of.REFERENCE_KINDS or device.removed_at is not None:
        return ""
    fact = fact_of(values, device, facts)
    if fact.why_not:
        return fact.why_not
    several = len(fact.lumen_facts) > 1
    shut = [
        f"{one.name} lumen, {one.why_not}" if several else one.why_not
        for one in fact.lumen_facts
        if one.why_not
    ]
    return "; ".join(shut)


def _placed(device: AccessDevice, facts: Facts) -> str:
    if device.inserted_at is not None:
        beside = facts.arrived or facts.now
        return f"placed {show_instant(device.inserted_at, facts.zone, beside=beside)}"
    day = inserted_day(device, facts.zone)
    if day is None:
        return "day placed not known"
    about = "about " if device.inserted_precision == "estimated" else ""
    return f"placed {about}{show_day(day)}"


def _tip(values: Devices, device: AccessDevice, facts: Facts) -> str:
    if device.kind not in of.CENTRAL_KINDS:
        return ""
    why = fact_of(values, device, facts).why_not_central
    if why:
        return f"tip not central ({why})"
    if not tip_confirmed(device):
        return "tip not confirmed"
    method = next((o.label for o in of.TIP_METHODS if o.key == tip_method_of(device)), "")
    return f"tip confirmed ({method})"


def _needle(values: Devices, device: AccessDevice, facts: Facts) -> str:
    """`no needle in`, or since when the needle is in: its dwell is apart from the port's."""
    if device.kind != of.PORT:
        return ""
    fact = fact_of(values, device, facts)
    if fact.accessed is None:
        return ""
    if not fact.accessed:
        return "no needle in"
    size = f"{plain_number(fact.gauge)}\u00a0G " if fact.gauge is not None else ""
    if fact.needle_days is None:
        return f"{size}needle in"
    days = "today" if fact.needle_days == 0 else f"day {fact.needle_days}"
    return f"{size}needle in, {days}"


def _found(device: AccessDevice, check: DeviceCheck | None, facts: Facts) -> str:
    if check is None:
        return ""
    said: list[str] = []
    for lumen in check.lumen_check:
        if lumen.mark.struck is None:
            name = lumen_name(device, int(str(lumen.mark.row.at[-1])))
            beside = f"{name}: " if len(check.lumen_check) > 1 else ""
            said.append(beside + _return_words(lumen, facts))
    said += _skin(check, facts)
    if check.external_length_cm is not None:
        length = leaf_text(DEVICE_CHECK.leaf("external_length_cm"), check, facts)
        out_from = limits_of(facts).of("external_out_cm")
        found = length_change(device, check.external_length_cm, out_from)
        against = "no baseline" if found.value is None else change_words(found)
        said.append(f"external length {length} ({against})")
    for field in ("phlebitis_ins", "phlebitis_vip", "infiltration_ins", "extravasation"):
        grade = getattr(check, field)
        if grade not in {None, "0"}:
            leaf = DEVICE_CHECK.leaf(field)
            said.append(f"{leaf.label.lower()} {leaf_text(leaf, check, facts)}")
    text = "; ".join(words for words in said if words)
    return text[:1].upper() + text[1:]


def _skin(check: DeviceCheck, facts: Facts) -> list[str]:
    """What is wrong in full; what is as it should be in one breath (the section lists it)."""
    fine, wrong = [], []
    if check.site == of.NORMAL:
        fine.append("site")
    elif check.site is not None:
        wrong.append(f"site {site_words(check, facts)}")
    if check.dressing_state == of.SOUND:
        fine.append("dressing")
    elif check.dressing_state is not None:
        state = leaf_text(DEVICE_CHECK.leaf("dressing_state"), check, facts)
        wrong.append(f"dressing {state}")
    return [*wrong, *([f"{' and '.join(fine)} clean and dry, nothing abnormal"] if fine else [])]


def _return_words(lumen: LumenCheck, facts: Facts) -> str:
    before = leaf_text(LUMEN_CHECK.leaf("blood_return_before"), lumen, facts)
    after = leaf_text(LUMEN_CHECK.leaf("blood_return_after"), lumen, facts)
    flush = leaf_text(LUMEN_CHECK.leaf("flush"), lumen, facts)
    if before and before == after:
        back = f"blood return {before} before and after"
    else:
        said = [
            f"{before} before" if before and after else before,
            f"{after} after" if after else "",
        ]
        joined = ", ".join(words for words in said if words)
        back = f"blood return {joined}" if joined else ""
    return ", ".join(words for words in (flush, back, _locked(lumen, facts)) if words)


def _locked(row: LumenCheck | DeviceCare, facts: Facts) -> str:
    """What it is locked with; what it was flushed with stands in the section."""
    if row.lock_agent in {None, "none"}:
        return ""
    _, locked, agent = lock_words(row, facts).partition("locked with ")
    return locked + agent


def _done(values: Devices, device: AccessDevice, facts: Facts) -> str:
    said: list[str] = []
    for care in cares_of(values, device):
        what = leaf_text(DEVICE_CARE.leaf("what"), care, facts)
        time = clock_words(care.done_at, facts)
        extra: list[str] = []
        if care.what in of.NEEDLE_CARES:
            needle = [
                leaf_text(DEVICE_CARE.leaf(name), care, facts)
                for name in ("needle_gauge", "needle_length_cm")
            ]
            coring = {True: "non-coring", False: "coring"}.get(care.non_coring, "")  # type: ignore[arg-type]
            extra.append(" ".join(word for word in (*needle, coring) if word))
        if care.what == of.DECLOT:
            names = ("agent", "agent_mg", "agent_ml")
            told = [leaf_text(DEVICE_CARE.leaf(name), care, facts) for name in names]
            told.append(f"{care.lumen} lumen" if care.lumen else "")
            extra.append(", ".join(word for word in told if word))
        if care.what == of.DECLOT_CHECK:
            extra.append(leaf_text(DEVICE_CARE.leaf("outcome"), care, facts))
        extra.append(_locked(care, facts))
        detail = ", ".join(word for word in extra if word)
        said.append(f"{what} {time}{f', {detail}' if detail else ''}")
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def _removed(device: AccessDevice, facts: Facts) -> str:
    said = [f"Removed {clock_words(device.removed_at, facts)}"]
    if device.removed_length_cm is not None:
        said.append(leaf_text(ACCESS_DEVICE.leaf("removed_length_cm"), device, facts))
    if device.tip_intact is not None:
        said.append("tip intact" if device.tip_intact else "tip not intact")
    if device.pressure_minutes is not None:
        said.append(f"pressure {plain_number(device.pressure_minutes)}\u00a0min")
    return ", ".join(said) + ". "


def safety_words(values: Devices, facts: Facts) -> tuple[Words, ...]:
    """The lines for the safety pane, one each: `Port, right chest` and how it was found."""
    out: list[Words] = []
    for device in line_order(values.access_device):
        if device.mark.struck is None and device.removed_at is None:
            found = _found(device, check_of(values, device), facts)
            said = [*prompts(values, device, facts), found]
            shut = _not_to_be_used(values, device, facts)
            if shut:
                said.insert(0, f"Not to be used: {shut}")
            told = ". ".join(part for part in said if part)
            out.append((Span(line_label(device), Voice.STRONG), *quiet(f" {told}".rstrip())))
    return tuple(out)


def prompts(values: Devices, device: AccessDevice, facts: Facts) -> tuple[str, ...]:
    """What waits for its time at this line: `Alteplase …: look for blood return at 10:32`."""
    rule = limits_of(facts).alteplase
    said = (prompt(course, facts.zone) for course in courses(values, device, rule))
    return tuple(words for words in said if words)


def fact_of(values: Devices, device: AccessDevice, facts: Facts) -> LineFact:
    """The line as others know it, of these values (a signed record's facts hold the same)."""
    known = line_facts(
        Devices((device,), values.device_check, values.device_care),
        facts.zone,
        before=facts.care_before,
        today=local_day(facts.now, facts.zone),
        limits=limits_of(facts),
    )
    return known[0]
