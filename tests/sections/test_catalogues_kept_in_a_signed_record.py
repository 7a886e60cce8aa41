"""A signed record keeps the catalogues its sections read; from them they say the same as before."""

from __future__ import annotations

from typing import Any

import pytest

from infusion_visits.core import resources
from infusion_visits.core.resources import load_catalogue, resources_folder
from infusion_visits.sections.list import SECTIONS
from infusion_visits.visits.record import canonical, plain_catalogue
from tests.sections.every_field import full, made_facts, section_of

WITH_CATALOGUES = [section.key for section in SECTIONS if section.catalogues]


def kept(key: str) -> dict[str, Any]:
    """The section's catalogues as a signed record holds them."""
    return {name: plain_catalogue(load_catalogue(name)) for name in section_of(key).catalogues}


@pytest.mark.parametrize("key", WITH_CATALOGUES)
def test_the_same_is_said_from_the_kept_catalogues(key: str) -> None:
    section = section_of(key)
    drafted, signed = made_facts(), made_facts(catalogue=kept(key))
    assert section.blocks(full(key), signed) == section.blocks(full(key), drafted)
    assert section.findings(full(key), signed) == section.findings(full(key), drafted)


@pytest.mark.parametrize("key", WITH_CATALOGUES)
def test_a_signed_section_opens_no_catalogue(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = made_facts(catalogue=kept(key))
    section = section_of(key)
    values = full(key)
    resources.shipped.cache_clear()
    # The files are gone; whoever opens one fails.
    monkeypatch.setattr(resources, "resources_folder", lambda: resources_folder() / "gone")
    try:
        assert section.blocks(values, signed)
    finally:
        monkeypatch.undo()
        resources.shipped.cache_clear()


@pytest.mark.parametrize("key", WITH_CATALOGUES)
def test_kept_catalogues_have_canonical_bytes(key: str) -> None:
    assert canonical(kept(key))


def test_every_catalogue_names_its_edition() -> None:
    for path in sorted((resources_folder() / "clinical").glob("*.toml")):
        assert load_catalogue(path.stem).get("edition"), path.name
