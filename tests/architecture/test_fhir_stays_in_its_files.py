"""FHIR is spoken in files called fhir.py and in exchange/, and nowhere else."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "infusion_visits"
MAKES_A_FILE_TO_DROP = {"app/shots.py"}
"""It writes a file as another system would send it, for the picture of taking it in."""
SIGNS = ("resourceType", "hl7.org/fhir", "terminology.hl7.org")


def test_no_other_file_speaks_fhir() -> None:
    speaking = {
        file.relative_to(PACKAGE).as_posix()
        for file in PACKAGE.rglob("*.py")
        if any(sign in file.read_text("utf-8") for sign in SIGNS)
    }
    assert "core/fhir.py" in speaking
    assert {
        name
        for name in speaking
        if not name.startswith("exchange/") and not name.endswith("/fhir.py")
    } == MAKES_A_FILE_TO_DROP
