from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.blocks import Column, Side, Span, Table, Voice, plain
from infusion_visits.widgets.block_table import BlockTable
from infusion_visits.widgets.words import PlainWords

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TABLE = Table(
    (Column("Time"), Column("Pulse /min", side=Side.RIGHT)),
    (
        (plain("09:08"), plain("70")),
        (plain("10:26"), (Span("112 high", Voice.FLAG),)),
        ((Span("10:30", Voice.STRUCK),), plain("<b>27</b>")),
    ),
)


def cells(shown: BlockTable) -> dict[str, PlainWords]:
    return {cell.text(): cell for cell in shown.findChildren(PlainWords) if not cell.isHidden()}


def test_every_word_of_the_table_is_shown_as_plain_text(qtbot: QtBot) -> None:
    shown = BlockTable()
    qtbot.addWidget(shown)
    shown.show_table(TABLE)
    found = cells(shown)
    assert {"Time", "Pulse /min", "09:08", "70", "10:26", "112 high", "<b>27</b>"} <= set(found)
    assert found["112 high"].property("voice") == "danger"
    assert found["112 high"].accessibleName() == "Pulse /min: 112 high"
    assert found["10:30"].font().strikeOut()


def test_the_same_table_is_not_built_again_and_an_empty_one_is_hidden(qtbot: QtBot) -> None:
    shown = BlockTable()
    qtbot.addWidget(shown)
    shown.show_table(TABLE)
    before = cells(shown)["70"]
    shown.show_table(TABLE)
    assert cells(shown)["70"] is before
    shown.show_table(Table(TABLE.columns, ()))
    assert shown.isHidden()
    shown.show_table(None)
    assert shown.isHidden()
