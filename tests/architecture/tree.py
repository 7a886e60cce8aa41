"""The checkout as syntax trees: which file calls what, and which texts it holds."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

CHECKOUT = Path(__file__).resolve().parents[2]


def python_files(folder: str) -> list[Path]:
    """The Python files below a folder of the checkout, in the order of their names."""
    return sorted((CHECKOUT / folder).rglob("*.py"))


def calls(source: str) -> Iterator[tuple[str, int]]:
    """What is called by name in `source` and at which line; `datetime.datetime` is `datetime`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            yield ast.unparse(node.func).replace("datetime.datetime.", "datetime."), node.lineno


def called(folder: str, names: Collection[str]) -> Iterator[str]:
    """The places below `folder` that call one of `names`, as `file:line name`."""
    for file in python_files(folder):
        for name, line in calls(file.read_text("utf-8")):
            if name in names:
                yield f"{file.relative_to(CHECKOUT).as_posix()}:{line} {name}"


def spoken_strings(file: Path) -> Iterator[str]:
    """The texts a file works with: all its string constants but the docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings:
            continue
        if isinstance(node.value, str):
            yield node.value
