"""`trust.json`: whom this laptop trusts, readable without a passphrase, for `verify`.

It lies beside keys.json and holds nothing secret: agencies with their certificates, and which
certificates were revoked. It is made anew from the record at every unlock and every change.

Threat: who can write into this folder can add an authority here. So `verify` says from where it
knows an agency, and an unlocked record always asks its own list (team.queries.trust), which only
a member's key opens.
"""

from __future__ import annotations

import base64
import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from infusion_visits.core.errors import BadFile, DeviceTrouble
from infusion_visits.core.moments import utc_text
from infusion_visits.records.whole_file import write_whole
from infusion_visits.vault.certificates import Trust, read_certificate

if TYPE_CHECKING:
    from pathlib import Path

    from infusion_visits.core.clock import Clock
    from infusion_visits.core.ids import Ids
    from infusion_visits.team.actions import Unlocked

NAME = "trust.json"
_VERSION = 1
_LARGEST_BYTES = 4_000_000


def trust_beside(folder: Path) -> Trust:
    """Whom the record in `folder` trusts; nobody where there is no list. Raises BadFile."""
    path = folder / NAME
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise _damaged()
        whole = json.loads(path.read_bytes())
        if whole["v"] != _VERSION:
            raise BadFile("newer-trust-file", "The list of agencies is of a newer program.")
        return Trust(
            tuple(
                read_certificate(base64.b64decode(one, validate=True)) for one in whole["agencies"]
            ),
            {str(one): _instant(at) for one, at in whole["revoked"].items()},
        )
    except FileNotFoundError:
        return Trust()
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _damaged() from None


def keep(unlocked: Unlocked, clock: Clock, ids: Ids) -> None:
    """Writes the list as the record now has it, whole or not at all. Raises DeviceTrouble."""
    with unlocked.unit(clock, ids, "UTC", write=False) as unit:
        # Reading the list needs no record: who only verifies need not wait for its libraries.
        from infusion_visits.team import queries

        content = _text(queries.trust(unit))
    path = unlocked.record.folder / NAME
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def keep_quietly(unlocked: Unlocked, clock: Clock, ids: Ids) -> None:
    """The same at unlock, where a list that cannot be written must keep nobody out."""
    try:
        keep(unlocked, clock, ids)
    except (DeviceTrouble, OSError) as error:
        logging.getLogger(__name__).warning("trust file: %s", getattr(error, "code", "disk"))


def _text(trust: Trust) -> bytes:
    plain: dict[str, Any] = {
        "v": _VERSION,
        "agencies": [base64.b64encode(one.der).decode("ascii") for one in trust.authorities],
        "revoked": {one: utc_text(at) for one, at in trust.revoked.items()},
    }
    return (json.dumps(plain, indent=1, sort_keys=True) + "\n").encode()


def _instant(text: Any) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant has a zone")
    return at


def _damaged() -> BadFile:
    return BadFile("trust-file", "The list of agencies that are trusted here cannot be read.")
