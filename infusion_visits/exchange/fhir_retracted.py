"""What a retracted note said, as FHIR: entered in error, each resource for itself.

Threat: a reader that takes single resources out of a document, and not the word at its head, would
go on acting upon a dose or a finding that was taken back. What was known before the visit stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from infusion_visits.core.fhir import TERMS, coding, concept, link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infusion_visits.core.fhir import Piece
    from infusion_visits.core.refs import Refs

ERROR = "entered-in-error"
_NAME_NO_ENCOUNTER = frozenset({"Consent", "DetectedIssue", "Specimen"})
"""These are made of visits only, and say nothing of the encounter."""
_NO_STATE = frozenset({"AdverseEvent"})
"""R4 gives it no state that could say it: it is left out, its condition says so."""


def taken_back(pieces: Iterable[Piece], refs: Refs) -> tuple[Piece, ...]:
    """The resources with those that this visit charted entered in error."""
    made: list[Piece] = []
    for piece in pieces:
        if not _is_of_the_visit(piece, refs):
            made.append(piece)
        elif piece["resourceType"] not in _NO_STATE:
            made.append(_in_error(piece))
    return tuple(made)


def _is_of_the_visit(piece: Piece, refs: Refs) -> bool:
    if piece["resourceType"] in _NAME_NO_ENCOUNTER:
        return True
    return link(refs.visit) in (piece.get("encounter"), piece.get("context"))


def _in_error(piece: Piece) -> Piece:
    if piece["resourceType"] != "Condition":
        return {**piece, "status": ERROR}
    # con-5: what was entered in error has no clinical state.
    rest = {name: part for name, part in piece.items() if name != "clinicalStatus"}
    state = concept("", coding(f"{TERMS}/condition-ver-status", ERROR))
    return {**rest, "verificationStatus": state}
