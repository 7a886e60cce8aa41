from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout

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


def test_only_the_row_that_changed_is_made_anew(qtbot: QtBot) -> None:
    shown = BlockTable()
    qtbot.addWidget(shown)
    shown.show_table(TABLE)
    before = cells(shown)
    rows = (TABLE.rows[0], (plain("10:26"), plain("96")), TABLE.rows[2])
    shown.show_table(Table(TABLE.columns, rows))
    qtbot.waitUntil(lambda: "96" in cells(shown))
    after = cells(shown)
    assert "112 high" not in after
    assert (after["70"], after["<b>27</b>"]) == (before["70"], before["<b>27</b>"])
    grid = shown.layout()
    assert isinstance(grid, QGridLayout)
    place = grid.itemAtPosition(4, 1)
    assert place is not None
    assert place.widget() is after["96"]


def test_rows_go_and_come_and_other_columns_begin_anew(qtbot: QtBot) -> None:
    shown = BlockTable()
    qtbot.addWidget(shown)
    shown.show_table(TABLE)
    shown.show_table(Table(TABLE.columns, TABLE.rows[:1]))
    assert set(cells(shown)) == {"Time", "Pulse /min", "09:08", "70"}
    shown.show_table(TABLE)
    qtbot.waitUntil(lambda: {"10:26", "<b>27</b>"} <= set(cells(shown)))
    shown.show_table(Table((Column("At"), Column("Pain")), ((plain("09:08"), plain("3")),)))
    qtbot.waitUntil(lambda: set(cells(shown)) == {"At", "Pain", "09:08", "3"})


def test_a_long_table_comes_in_slices_and_ends_whole(qtbot: QtBot) -> None:
    shown = BlockTable(at_once=2)
    qtbot.addWidget(shown)
    rows = tuple((plain(f"10:{n:02d}"), plain(f"7{n}")) for n in range(5))
    shown.show_table(Table(TABLE.columns, rows))
    assert ("10:01" in cells(shown), "10:02" in cells(shown)) == (True, False)
    # Another table while the first is not whole yet.
    newer = (*rows[:1], (plain("10:09"), plain("99")), *rows[2:])
    shown.show_table(Table(TABLE.columns, newer))
    qtbot.waitUntil(lambda: "10:04" in cells(shown))
    found = [words for words in cells(shown) if words.startswith("10:")]
    assert sorted(found) == ["10:00", "10:02", "10:03", "10:04", "10:09"]
