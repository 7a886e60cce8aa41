"""The note of a made-up visit, by hand: a reaction during an infusion of immune globulin."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    Band,
    Block,
    BodyFigure,
    BodyMark,
    BodySite,
    Chart,
    Column,
    ExceptionRow,
    Exceptions,
    Flag,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    RateStep,
    Series,
    Side,
    SideBySide,
    Span,
    Table,
    Voice,
    Words,
    plain,
    strong,
)
from infusion_visits.notes.document import NoteDocument, NoteFooter, NoteHeader, Paper

ZONE = "America/New_York"

SETS = (
    ("09:08", "before", 124, 78, 70, 16, 98, "98.2", 0, 0),
    ("09:27", "35 mL/h", 122, 78, 72, 16, 98, "98.2", 0, 0),
    ("09:41", "35 mL/h", 120, 76, 74, 16, 98, "98.4", 0, 0),
    ("10:10", "70 mL/h", 122, 78, 76, 16, 98, "98.4", 1, 0),
    ("10:26", "140 mL/h", 138, 84, 112, 18, 97, "99.0", 4, 2),
    ("10:31", "held", 134, 82, 98, 18, 98, "99.0", 4, 1),
    ("10:41", "held", 126, 80, 80, 16, 98, "98.8", 2, 0),
    ("11:11", "70 mL/h", 122, 78, 76, 16, 98, "98.6", 2, 0),
    ("11:41", "140 mL/h", 120, 78, 74, 16, 98, "98.4", 2, 0),
    ("12:11", "210 mL/h", 120, 76, 74, 16, 98, "98.4", 2, 0),
    ("12:23", "end", 122, 78, 74, 16, 98, "98.4", 2, 0),
    ("12:54", "watched", 120, 78, 72, 16, 98, "98.4", 2, 0),
)
STEPS = (
    ("09:12", 35), ("09:42", 70), ("10:12", 140), ("10:27", 0), ("10:42", 70),
    ("11:12", 140), ("11:42", 210), ("12:12", 280), ("12:23", 0),
)  # fmt: skip


def at(wall: str) -> datetime:
    """The instant of a wall time at the visit (Eastern Standard Time)."""
    hours, minutes = wall.split(":")
    midnight = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    return midnight + timedelta(hours=int(hours), minutes=int(minutes))


def said(*parts: str) -> Words:
    """Words of which every second part, from the second on, is strong."""
    return tuple(
        Span(part, Voice.STRONG if nth % 2 else Voice.PLAIN)
        for nth, part in enumerate(parts)
        if part
    )


def exceptions() -> Exceptions:
    """Two of them."""
    return Exceptions(
        "2 exceptions",
        (
            ExceptionRow(
                "10:26",
                said(
                    "",
                    "Infusion reaction, grade 2 (CTCAE 5).",
                    " Pulse 112, up 42 from before; headache 4 of 10; no itching, dyspnea or fever."
                    " Held 10:27–10:42 by protocol, resumed at half rate.",
                ),
                said(
                    "Told S. Lindqvist 10:30, read back: resume at half rate. Recheck 10:41: "
                    "pulse 80. ",
                    "Closed.",
                ),
            ),
            ExceptionRow(
                "12:54",
                said("", "Headache 2 of 10 when leaving.", " No stiff neck, no fever, alert."),
                said(
                    "Patient told when to call. Telephone call due 22 Nov 09:00, I. Halvorsen. ",
                    "Open.",
                ),
            ),
        ),
    )


def ordered_and_given() -> Table:
    """Ordered beside given."""
    given = (
        ("volume", "350 mL", "350 mL"),
        ("fastest rate", "280 mL/h", "280 mL/h"),
        ("running", "", "2 h 56 min"),
        ("held", "", "15 min"),
        ("watched after the end", "30 min", "31 min"),
    )
    drug = (
        Span("immune globulin 10 %\n"),
        Span("Gammagard Liquid, 0.5 g/kg × 70 kg", Voice.QUIET),
    )
    return Table(
        (Column("", 50), Column("ordered", 24, Side.RIGHT), Column("given", 26, Side.RIGHT)),
        (
            (drug, plain("35 g"), strong("35 g")),
            *((plain(what), plain(ordered), strong(done)) for what, ordered, done in given),
        ),
        "Lots LE12T204 (20 g), LE12T377 (10 g), LE12T381 (5 g), expire 30 Jun 2028. "
        "Nothing wasted. Read twice by the same nurse; no second checker.",
    )


def line_words() -> Words:
    """The line, as page one says it."""
    return said(
        "",
        "Port, right chest, single",
        ", placed 3 Mar 2025, tip confirmed; accessed 09:04, 20 G 19 mm non-coring; blood return "
        "brisk before and after; site clean, no swelling; flushed, locked with heparin "
        "100 units/mL 5 mL (500 units), needle removed 12:58; ",
        "flush due 19 Dec",
    )


def chart() -> Chart:
    """Vital signs over the rate curve."""

    def series(label: str, column: int, *, marked: bool = False) -> Series:
        points = tuple((at(str(row[0])), Decimal(str(row[column]))) for row in SETS)
        return Series(label, points, dashed=marked, flagged=marked)

    return Chart(
        "Vital signs over the infusion",
        at("09:00"),
        at("13:00"),
        ZONE,
        (
            series("BP systolic, left arm", 2),
            series("BP diastolic", 3),
            series("pulse", 4, marked=True),
        ),
        (Flag(at("10:26"), Decimal(112), "112"),),
        tuple(RateStep(at(wall), Decimal(rate)) for wall, rate in STEPS),
        (),
        (
            Band(at("10:27"), at("10:42"), "held"),
            Band(at("12:23"), at("12:54"), "watched 31 min", shaded=False),
        ),
        (),
        "Pulse rose to 112 at 10:26, fell to 80 while held.",
        "BP on left arm, sitting · alert and on air at every set",
    )


def vitals_table() -> Table:
    """Every set."""
    labels = ("Pulse /min", "Resp /min", "SpO2 %", "Temp °F", "Pain", "NEWS2")
    columns = (
        Column("Time", 15),
        Column("Phase", 20),
        Column("BP mmHg", 22, Side.RIGHT),
        *(Column(label, 17, Side.RIGHT) for label in labels),
    )
    rows = []
    for time, phase, systolic, diastolic, *figures in SETS:
        cells = [plain(str(figure)) for figure in figures]
        if figures[0] == 112:
            cells[0] = (Span("112", Voice.FLAG),)
            cells[-1] = strong("2")
        rows.append((plain(time), plain(phase), plain(f"{systolic}/{diastolic}"), *cells))
    return Table(columns, tuple(rows))


def page_one() -> tuple[Block, ...]:
    """The first page, in the order in which a coordinator asks."""
    line = BodyFigure(
        (BodyMark(BodySite.RIGHT_CHEST, "port"),), "Port, right chest", (Paragraph(line_words()),)
    )
    call = said(
        "",
        "Call on 22 Nov 09:00",
        " about the headache. ",
        "Next infusion",
        " 12 Dec 2026: start at 35 mL/h, ask about the rate limit. Taught: headache, stiff neck, "
        "whom to call; told back correctly.",
    )
    return (
        exceptions(),
        SideBySide(
            (Heading("Ordered and given"), ordered_and_given()),
            (Heading("Line"), line, Heading("What comes next"), Paragraph(call)),
        ),
        chart(),
        vitals_table(),
    )


def sections() -> tuple[Block, ...]:
    """Sections after page one, with every kind of block."""
    return (
        Heading("Arrival"),
        Answers(
            (
                Answer("Arrived", plain("09:02")),
                Answer("Identity", plain("name, birth date; 09:03")),
                Answer("Consent", plain("given for this visit, by the patient")),
                Answer("Who else is there", plain("husband, in the kitchen")),
            )
        ),
        Heading("Medicines given"),
        Table(
            (Column("Time", 1), Column("Medicine", 4), Column("Dose", 2, Side.RIGHT)),
            (
                (plain("08:30"), plain("acetaminophen by mouth"), plain("650 mg")),
                (
                    (Span("08:31", Voice.STRUCK),),
                    (
                        Span("diphenhydrAMINE by mouth", Voice.STRUCK),
                        Span(" "),
                        Span("struck out 09:12 by I. Halvorsen: typing error", Voice.FLAG),
                    ),
                    (Span("50 mg", Voice.STRUCK),),
                ),
            ),
            "Both taken before the nurse arrived.",
        ),
        Heading("Complications", 2, "one closed, one open"),
        Heading("Infusion reaction", 3),
        Items(
            (
                said("10:26 ", "recognized", ": pulse 112, headache 4 of 10"),
                said("10:27 ", "infusion held", " by protocol; 10:42 resumed at 70 mL/h"),
                (Span("late entry, written 10:49", Voice.QUIET),),
            )
        ),
        Keep(
            (
                Heading("Signatures"),
                SideBySide(
                    (InkBlock(STROKES, plain("Ines Halvorsen, RN, CRNI, 13:09 EST"), "Nurse"),),
                    (InkBlock((), plain("not signed: hands tired today"), "Patient"),),
                    50,
                ),
            )
        ),
        Answers((Answer("Digest", (Span("9e41 07bc d2a8 55f0", Voice.CODE),)),), 1),
    )


STROKES = (
    ((40, 120), (90, 40), (130, 30), (140, 90), (110, 150), (180, 100), (240, 90), (300, 120)),
    ((320, 60), (330, 140), (400, 80), (460, 110), (540, 70)),
)


def note(*blocks: Block) -> NoteDocument:
    """The signed note, of these blocks or of all."""
    return NoteDocument(
        "Visit note, Okafor, Maren, 21 Nov 2026",
        NoteHeader(
            "Okafor, Maren",
            said(
                "born 14 Mar 1979 (47 y) · F · record 0042-118 · ",
                "Allergic: penicillin (hives)",
                " · no BP on right arm",
            ),
            "Home infusion visit",
            "Sat 21 Nov 2026, 09:02–13:05 EST",
            "Riverbend Home Infusion",
        ),
        (
            Answer("Nurse", plain("Ines Halvorsen, RN, CRNI")),
            Answer("Visit", plain("Routine infusion, 6th dose")),
            Answer("Identity", plain("name, birth date; 09:03")),
            Answer("Ordered by", plain("S. Lindqvist, MD, 2 Nov 2026")),
        ),
        blocks or (*page_one(), *sections()),
        NoteFooter(
            "Okafor, Maren",
            "born 14 Mar 1979",
            "visit 21 Nov 2026",
            "Note 4F9C-2A71",
            "signed 13:09 EST by I. Halvorsen, RN",
            "9e41 07bc d2a8",
        ),
        datetime(2026, 11, 21, 18, 9, tzinfo=UTC),
    )


def draft() -> NoteDocument:
    """The same note before it was signed."""
    signed = note()
    return replace(
        signed,
        draft="DRAFT 21 Nov 2026, 11:20 EST. Not complete: 3 items",
        footer=replace(signed.footer, signed="not signed", digest=""),
    )


def on_a4(document: NoteDocument) -> NoteDocument:
    """The same document on A4."""
    return replace(document, paper=Paper.A4)
