"""Every contract on imports bites: a deliberate import on a copy of the package breaks it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["tool"][
        "importlinter"
    ]["contracts"]
}


@dataclass(frozen=True)
class Break:
    """One import that must not be: `importer` imports `imported`, which breaks `contract`."""

    contract: str
    importer: str
    imported: str

    def __str__(self) -> str:
        return f"{self.importer} -> {self.imported}"

    @property
    def reported(self) -> str:
        """The import as the linter names it; of what lies outside it knows the first name only."""
        inside = self.imported.removeprefix("infusion_visits.")
        outside = inside == self.imported
        return f"{self.importer} -> {inside.partition('.')[0] if outside else inside}"


BREAKS = (
    Break("floors", "core.ids", "infusion_visits.vault"),
    Break("floors", "vault", "infusion_visits.records"),
    Break("floors", "records.rows", "infusion_visits.widgets"),
    Break("floors", "records.rows", "infusion_visits.patients"),
    Break("floors", "patients.facts", "infusion_visits.team"),
    Break("floors", "patients.facts", "infusion_visits.sections"),
    Break("floors", "sections.section", "infusion_visits.visits"),
    Break("floors", "visits.record", "infusion_visits.notes"),
    Break("floors", "notes", "infusion_visits.exchange"),
    Break("floors", "exchange", "infusion_visits.chart"),
    Break("floors", "chart", "infusion_visits.today"),
    Break("floors", "today", "infusion_visits.app"),
    Break("floors", "app", "infusion_visits.__main__"),
    Break("sections-apart", "sections.vitals.values", "infusion_visits.sections.teaching.values"),
    Break("sections-apart", "sections.teaching.rules", "infusion_visits.sections.list"),
    Break("inside-a-section", "sections.vitals.fields", "infusion_visits.sections.vitals.rules"),
    Break("inside-a-section", "sections.vitals.rules", "infusion_visits.sections.vitals.note"),
    Break("inside-a-section", "sections.vitals.note", "infusion_visits.sections.vitals.tables"),
    Break("inside-a-section", "sections.vitals.tables", "infusion_visits.sections.vitals.panel"),
    Break("qt", "visits.queries", "PySide6.QtCore"),
    Break("qt", "core.clock", "PySide6.QtCore"),
    Break("qt", "sections.vitals.rules", "PySide6.QtWidgets"),
    Break("cli-no-qt", "app.cli", "infusion_visits.widgets.deliberate"),
    Break("cli-no-qt", "app.demo", "infusion_visits.app.window"),
    Break("cli-no-qt", "app.reporting", "PySide6.QtWidgets"),
    Break("pdf", "notes.compose", "reportlab.pdfgen"),
    Break("pdf", "app.cli", "reportlab"),
    Break("envelope", "notes.pdf", "pyhanko.sign"),
    Break("envelope", "exchange", "pikepdf"),
    Break("sql", "sections.vitals.rules", "sqlmodel"),
    Break("sql", "sections.vitals.tables", "sqlcipher3"),
    Break("sql", "today", "sqlalchemy"),
    Break("sql", "visits.actions", "sqlmodel"),
    Break("plain", "sections.vitals.rules", "infusion_visits.sections.vitals.tables"),
    Break("plain", "sections.vitals.note", "infusion_visits.records.cells"),
    Break("plain", "visits.facts", "infusion_visits.visits.queries"),
    Break("plain", "visits.record", "infusion_visits.visits.tables"),
    Break("plain", "notes.compose", "sqlalchemy"),
    Break("plain", "patients.facts", "infusion_visits.vault"),
    Break("section-front", "sections.list", "infusion_visits.widgets"),
    Break("section-front", "sections.list", "infusion_visits.sections.stores"),
    Break("section-front", "sections.list", "infusion_visits.sections.vitals.fhir"),
    Break("facts-only", "sections.vitals.rules", "infusion_visits.patients.tables"),
    Break("facts-only", "sections.devices.actions", "infusion_visits.team.tables"),
    Break("widgets-plain", "widgets.deliberate", "infusion_visits.vault"),
)
# What a break stands on, where the package has no such module: its own doing, not the import's.
PROPS = {
    "widgets.deliberate": "import PySide6.QtWidgets\n",
    "sections.vitals.fhir": "",
    "sections.vitals.panel": "",
    "patients.tables": "",
    "team.tables": "",
}


def copy_of_the_package(folder: Path) -> Path:
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    shutil.copytree(
        CHECKOUT / "infusion_visits",
        folder / "infusion_visits",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    for module, text in PROPS.items():
        if not file_of(folder, module).exists():
            file_of(folder, module).write_text(text, encoding="utf-8")
    return folder


def file_of(folder: Path, module: str) -> Path:
    package = folder.joinpath("infusion_visits", *module.split("."), "__init__.py")
    return package if package.exists() else package.parent.with_suffix(".py")


def lint_imports(folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The very command of the gate, without its cache, on the copy in `folder`."""
    command = Path(sys.executable).with_name("lint-imports")
    # Wide, so that no module's name is broken over two lines.
    wide = os.environ | {"COLUMNS": "400", "NO_COLOR": "1"}
    return subprocess.run(
        [str(command), "--no-cache", "--no-logo", *more],
        cwd=folder,
        env=wide,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_package_as_it_is_keeps_every_contract(tmp_path: Path) -> None:
    said = lint_imports(copy_of_the_package(tmp_path))
    assert said.returncode == 0, said.stdout
    for name in CONTRACTS.values():
        assert f"{name} KEPT" in said.stdout


@pytest.mark.parametrize("contract", CONTRACTS)
def test_deliberate_imports_break_the_contract(contract: str, tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    breaks = [deliberate for deliberate in BREAKS if deliberate.contract == contract]
    for deliberate in breaks:
        with file_of(copy, deliberate.importer).open("a", encoding="utf-8") as file:
            file.write(f"\nimport {deliberate.imported}\n")

    said = lint_imports(copy, "--contract", contract)

    assert said.returncode == 1
    assert f"{CONTRACTS[contract]} BROKEN" in said.stdout
    found = said.stdout.replace("infusion_visits.", "")
    unseen = [str(deliberate) for deliberate in breaks if deliberate.reported not in found]
    assert not unseen, said.stdout


def test_every_contract_is_broken_once() -> None:
    assert {deliberate.contract for deliberate in BREAKS} == set(CONTRACTS)


def test_a_floor_that_no_contract_names_is_refused(tmp_path: Path) -> None:
    copy = copy_of_the_package(tmp_path)
    (copy / "infusion_visits" / "attic.py").write_text("", encoding="utf-8")
    said = lint_imports(copy, "--contract", "floors")
    assert said.returncode == 1
    assert "infusion_visits.attic" in said.stdout
