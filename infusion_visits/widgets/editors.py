"""Which editor edits which field: a literal list, no discovery."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from infusion_visits.core.fields import (
    Choice,
    Day,
    Grade,
    Ink,
    Leaf,
    Many,
    Number,
    Option,
    Ref,
    Text,
    When,
    YesNo,
)
from infusion_visits.widgets.choice_editors import choice_editor, ref_editor, yes_no_editor
from infusion_visits.widgets.editor import Editor, SenseSource
from infusion_visits.widgets.ink_editor import InkEditor
from infusion_visits.widgets.line_editors import LineEditor, MomentEditor, NumberEditor
from infusion_visits.widgets.many_editor import ManyEditor
from infusion_visits.widgets.paragraph_editor import ParagraphEditor

MakeEditor = Callable[[Any, SenseSource, Sequence[Option]], Editor]


def _text(leaf: Text, sense: SenseSource, _options: Sequence[Option]) -> Editor:
    return ParagraphEditor(leaf, sense) if leaf.lines > 1 else LineEditor(leaf, sense)


EDITORS: dict[type[Leaf], MakeEditor] = {
    Text: _text,
    Choice: lambda leaf, sense, _options: choice_editor(leaf, sense),
    Grade: lambda leaf, sense, _options: choice_editor(leaf, sense),
    Many: lambda leaf, sense, _options: ManyEditor(leaf, sense),
    YesNo: lambda leaf, sense, _options: yes_no_editor(leaf, sense),
    Number: lambda leaf, sense, _options: NumberEditor(leaf, sense),
    When: lambda leaf, sense, _options: MomentEditor(leaf, sense),
    Day: lambda leaf, sense, _options: MomentEditor(leaf, sense),
    Ref: ref_editor,
    Ink: lambda leaf, sense, _options: InkEditor(leaf, sense),
}


def make_editor(leaf: Leaf, sense: SenseSource, options: Sequence[Option] = ()) -> Editor:
    """The editor of `leaf`; `options` are what a Ref may point at. KeyError for a new kind."""
    return EDITORS[type(leaf)](leaf, sense, options)
