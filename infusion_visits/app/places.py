"""Where things lie on this laptop: the nurse's record, the demo agency, the documents folder."""

from __future__ import annotations

from pathlib import Path

from infusion_visits.core.errors import Refused

APP = "infusion-visits"
DEMO_PASSPHRASE = "explore the demo agency"


def default_home() -> Path:
    """The folder of the user's own record."""
    return _data() / "record"


def demo_home() -> Path:
    """The folder of the demo agency, never the user's record."""
    return _data() / "demo"


def _data() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def documents() -> Path:
    """The documents folder, where notes go unless another is named."""
    import platformdirs

    return Path(platformdirs.user_documents_dir())


def notes_folder() -> Path:
    """Where notes are exported to unless another folder is named; made only when it is used."""
    return documents() / "Visit notes"


def laptop_zone() -> str:
    """The IANA zone of this laptop; UTC where the system names none."""
    import tzlocal  # some 20 ms, which the first screen does not need

    return tzlocal.get_localzone_name() or "UTC"


def outside_record(folder: Path, home: Path) -> Path:
    """`folder`, made if missing. Raises Refused inside the record, or where it cannot be made."""
    from infusion_visits.records.whole_file import refuse_inside

    whole = folder.expanduser().absolute()
    refuse_inside(whole, home)
    try:
        whole.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Refused("folder", "This folder cannot be made. Name another for the PDF.") from None
    return whole
