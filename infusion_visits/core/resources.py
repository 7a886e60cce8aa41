"""Where the program's own files lie: catalogues, fonts, icons."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


@cache
def resources_folder() -> Path:
    """The resources folder: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


@cache
def load_catalogue(name: str) -> dict[str, Any]:
    """The catalogue `resources/clinical/<name>.toml` as written; callers must not change it."""
    import tomllib  # the first screen needs no catalogue

    with (resources_folder() / "clinical" / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)
