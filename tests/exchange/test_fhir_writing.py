"""FHIR as bytes and as XHTML: figures as they stand, text unharmed, nothing empty."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infusion_visits.core.blocks import (
    Answer,
    Answers,
    BodyFigure,
    Chart,
    Column,
    ExceptionRow,
    Exceptions,
    Heading,
    InkBlock,
    Items,
    Keep,
    Paragraph,
    SideBySide,
    Span,
    Table,
    Voice,
    plain,
)
from infusion_visits.core.errors import BadFile
from infusion_visits.exchange.fhir_text import division
from infusion_visits.exchange.fhir_writing import write

ALLOWED = {
    *("a", "b", "br", "caption", "code", "div", "h2", "h3", "h4", "h5", "h6", "li", "p", "small"),
    *("span", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}


def text_of(value: Any) -> str:
    return write({"value": value}).decode()


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        ("72.50", "72.50"),
        ("36.8", "36.8"),
        ("0.1", "0.1"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0E-2", "0.00"),
        ("123456789.123456789123456789", "123456789.123456789123456789"),
    ],
)
def test_a_figure_stands_as_it_was_written(figure: str, shown: str) -> None:
    assert text_of(Decimal(figure)) == f'{{"value":{shown}}}\n'


def test_an_endless_figure_is_not_written_out() -> None:
    assert len(text_of(Decimal("1E+999999"))) < 40
    assert json.loads(text_of(Decimal("1E+300")))["value"] == 1e300


@pytest.mark.parametrize("figure", ["NaN", "Infinity", "-Infinity", "sNaN"])
def test_what_is_no_figure_is_refused(figure: str) -> None:
    with pytest.raises(BadFile):
        text_of(Decimal(figure))


def test_a_binary_figure_is_our_own_mistake() -> None:
    with pytest.raises(TypeError):
        text_of(0.1)


def test_what_says_nothing_is_left_out() -> None:
    empty: dict[str, Any] = {
        "a": None,
        "b": "",
        "c": [],
        "d": {},
        "e": {"f": [None, " "]},
        "g": False,
        "h": 0,
    }
    assert json.loads(write(empty)) == {"g": False, "h": 0}


@given(st.text(min_size=1))
def test_any_text_comes_back(text: str) -> None:
    words = "x" + text
    back = json.loads(write({"value": words}))["value"]
    for character in words:
        code = ord(character)
        control = code < 0x20 and character not in "\t\n\r"
        spelled = control or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}
        assert (f"[U+{code:04X}]" if spelled else character) in back


@given(st.text(min_size=1))
def test_any_text_stays_text_in_the_narrative(text: str) -> None:
    blocks = [Paragraph((Span(f"x{text}"), Span("struck", Voice.STRUCK)))]
    # Control characters are spelled where all texts are written; XML has none of them either.
    div = json.loads(write({"div": division(blocks)}))["div"]
    whole = ElementTree.fromstring(div)
    assert {part.tag.partition("}")[2] for part in whole.iter()} <= {"div", "p", "span", "br"}


def test_every_block_is_said_in_the_elements_that_fhir_allows() -> None:
    at = datetime(2026, 11, 21, 14, 0, tzinfo=UTC)
    words = plain("word & <b>")
    chart = Chart("t", at, at, "UTC", (), (), (), (), (), (), "a chart of vitals")
    blocks = (
        Heading("Head", 1, "beside"),
        Heading("Deep", 3),
        Paragraph((Span("bold", Voice.STRONG), Span("flag", Voice.FLAG), Span("c", Voice.CODE))),
        Items((words, ())),
        Answers((Answer("label", words),)),
        Table((Column("col"),), ((words,), ((),)), "caption"),
        Exceptions("1 exception", (ExceptionRow("10:26", words, words),)),
        Exceptions("Exceptions", (), "No exceptions"),
        SideBySide((Paragraph(plain("left")),), (Paragraph(plain("right")),)),
        Keep((Paragraph(plain("kept")),)),
        BodyFigure((), "a line at the left arm", (Paragraph(plain("beside it")),)),
        chart,
        InkBlock((((1, 2), (3, 4)),), plain("Ines Halvorsen, signed"), "Nurse"),
    )
    whole = ElementTree.fromstring(division(blocks))
    assert {part.tag.partition("}")[2] for part in whole.iter()} <= ALLOWED
    said = "".join(whole.itertext())
    for text in (
        *("Head", "beside", "bold", "flag", "word & <b>", "label", "col", "caption", "10:26"),
        *("No exceptions", "left", "right", "kept", "a line at the left arm", "beside it"),
        *("a chart of vitals", "Nurse: Ines Halvorsen, signed"),
    ):
        assert text in said


def test_blocks_without_a_word_give_no_narrative() -> None:
    assert division([]) == ""
    assert division([Paragraph(())]) == ""
