"""`infusion-visits verify FILE...`: does a note file hold? The answer first, then why.

Without a passphrase it knows the agencies by the public list beside the record (and by that of
the demo agency), and says by which; with one it asks the record itself, also for earlier notes.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infusion_visits.app import places
from infusion_visits.core.errors import BadFile

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from infusion_visits.exchange.verdict import Known, Verdict
    from infusion_visits.vault.certificates import Trust

    Source = tuple[str, Trust]
    """From where agencies are known, in words, and whom they certify."""

_HOLDS = {True: "holds", False: "DOES NOT", None: "not said"}
_LARGEST = 50 * 1024 * 1024


def add_verify(commands: Any) -> None:
    """The command's place on the command line."""
    verify = commands.add_parser("verify", help="does a note file hold? 0 = yes; says why")
    verify.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a PDF, or a folder")
    verify.add_argument("--json", action="store_true", help="the answers for machines")
    verify.set_defaults(run=run_verify)


def run_verify(args: argparse.Namespace) -> int:
    """Prints the answers; 0 when each file is signed, unchanged, trusted, and its parts agree."""
    from infusion_visits.exchange.known_notes import known_together, with_known

    sources, known = _asked(args)
    paths = tuple(_paths(args.files))
    verdicts = [_verdict(path, sources) for path in paths]
    known = known or known_together(verdicts)
    verdicts = [with_known(one, known) for one in verdicts]
    if args.json:
        print(json.dumps(_plain(paths, verdicts, sources), ensure_ascii=False, indent=1))
    else:
        for line in _lines(paths, verdicts, sources):
            print(line)
    return 0 if paths and all(one.good for one in verdicts) else 1


def _asked(args: argparse.Namespace) -> tuple[list[Source], Known | None]:
    if args.member or args.passphrase_file:
        return _of_record(args)
    from infusion_visits.team.trust_file import NAME, trust_beside

    homes = [args.home] if args.home else [places.default_home(), places.demo_home()]
    said = [f"the list {home.absolute() / NAME}" for home in homes]
    if not args.home:
        said[1] = f"the demo agency's list {homes[1].absolute() / NAME}"
    trusts = [trust_beside(home) for home in homes]
    return list(zip(said, trusts, strict=True)), None


def _of_record(args: argparse.Namespace) -> tuple[list[Source], Known | None]:
    from infusion_visits.app.opening import unit_of, unlocked_by
    from infusion_visits.exchange.known_notes import known_here
    from infusion_visits.team.queries import trust

    unlocked = unlocked_by(args, beside=True)
    try:
        with unit_of(unlocked, write=False) as unit:
            home = (args.home or places.default_home()).absolute()
            return [(f"the record in {home}", trust(unit))], known_here(unit)
    finally:
        unlocked.close()


def _paths(given: Sequence[Path]) -> Iterator[Path]:
    for path in given:
        if path.is_dir():
            yield from sorted(one for one in path.iterdir() if one.suffix.lower() == ".pdf")
        else:
            yield path


def _verdict(path: Path, sources: Sequence[Source]) -> Verdict:
    from infusion_visits.exchange.apart import verify_apart
    from infusion_visits.exchange.verdict import unreadable

    try:
        if path.stat().st_size > _LARGEST:
            return unreadable("The file is larger than 50 MB.")
        data = path.read_bytes()
    except OSError:
        return unreadable("The file cannot be opened. Look at its name.")
    return verify_apart(data, _together(sources))


def _together(sources: Sequence[Source]) -> Trust:
    from infusion_visits.vault.certificates import Trust

    revoked: dict[str, Any] = {}
    for _, trust in sources:
        for sha256, at in trust.revoked.items():
            revoked[sha256] = min(at, revoked.get(sha256, at))
    return Trust(tuple(one for _, trust in sources for one in trust.authorities), revoked)


def _known_by(verdict: Verdict, sources: Sequence[Source]) -> str:
    """In words, from where the signer's agency is known; empty where it is not."""
    certificate = verdict.certificate
    if certificate is None:
        return ""
    for words, trust in sources:
        try:
            if trust.authority_of(certificate) is not None:
                return words
        except BadFile:
            return ""
    return ""


def _lines(
    paths: Sequence[Path], verdicts: Sequence[Verdict], sources: Sequence[Source]
) -> Iterator[str]:
    if not paths:
        yield "There is no PDF in that folder."
    for path, verdict in zip(paths, verdicts, strict=True):
        yield f"{path.name}: {verdict.words}"
        for point in verdict.points:
            yield f"  {_HOLDS[point.holds]:<9} {point.words}"
        known = _known_by(verdict, sources)
        if known:
            yield f"            The agency is known from {known}."
    good = sum(one.good for one in verdicts)
    if len(verdicts) > 1:
        yield f"{good} of {len(verdicts)} files hold."


def _plain(
    paths: Sequence[Path], verdicts: Sequence[Verdict], sources: Sequence[Source]
) -> list[dict[str, Any]]:
    return [
        {"file": str(path), **verdict.plain(), "known_from": _known_by(verdict, sources)}
        for path, verdict in zip(paths, verdicts, strict=True)
    ]
