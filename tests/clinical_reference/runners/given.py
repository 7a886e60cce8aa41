"""What a case gives to its runner, and how runners are found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from infusion_visits.core.clock import instant_of

Runner = Callable[["Given"], dict[str, object]]
RUNNERS: dict[str, Runner] = {}


def kind(name: str) -> Callable[[Runner], Runner]:
    """Marks the function that runs cases of this kind."""

    def mark(runner: Runner) -> Runner:
        if name in RUNNERS and RUNNERS[name].__module__ != runner.__module__:
            raise ValueError(f"two runners are called {name}")
        RUNNERS[name] = runner
        return runner

    return mark


class Given:
    """The inputs of a case by name. What is not asked for in a run is a fault of the case."""

    def __init__(self, plain: dict[str, Any]) -> None:
        self._plain = plain
        self._used: set[str] = set()

    def has(self, name: str) -> bool:
        """Whether it is given."""
        return name in self._plain

    def any(self, name: str, default: Any = None) -> Any:
        """As TOML gives it, or the default."""
        self._used.add(name)
        return self._plain.get(name, default)

    def figure(self, name: str) -> Decimal:
        """A number that must be given."""
        self._used.add(name)
        return Decimal(self._plain[name])

    def maybe(self, name: str) -> Decimal | None:
        """A number, or None where it is not given."""
        value = self.any(name)
        return None if value is None else Decimal(value)

    def whole(self, name: str) -> int:
        """A whole number that must be given."""
        self._used.add(name)
        return int(self._plain[name])

    def text(self, name: str, default: str | None = None) -> str:
        """A text; it must be given where there is no default."""
        self._used.add(name)
        value = self._plain[name] if default is None else self._plain.get(name, default)
        return str(value)

    def yes(self, name: str, *, default: bool = False) -> bool:
        """true or false."""
        return bool(self.any(name, default))

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where it is not given."""
        return [str(one) for one in self.any(name, [])]

    def day(self, name: str) -> date:
        """A date that must be given."""
        self._used.add(name)
        value = self._plain[name]
        assert isinstance(value, date)
        return value

    def instant(self, name: str, zone: str = "America/New_York") -> datetime:
        """A local wall time such as 2026-11-01T00:30:00 (or with its offset), as an instant."""
        self._used.add(name)
        value = self._plain[name]
        assert isinstance(value, datetime)
        return instant_of(value, zone) if value.tzinfo is None else value.astimezone(UTC)

    def unused(self) -> list[str]:
        """What was given and never asked for."""
        return sorted(set(self._plain) - self._used)
