"""Two homes that never see each other, by command: request, acceptance, joining, revoking."""

from __future__ import annotations

import io
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from infusion_visits.app import cli
from infusion_visits.team.packet_file import read_packet
from infusion_visits.team.request_file import read_request
from infusion_visits.team.trust_file import trust_beside
from infusion_visits.vault.certificates import words_of
from tests.fixtures.records import PASSPHRASE
from tests.fixtures.two_laptops import ANAS_PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from infusion_visits.vault.certificates import Certificate

Said = pytest.CaptureFixture[str]


class Home:
    """A record on the command line."""

    def __init__(self, folder: Path, who: str, passphrase: str, said: Said) -> None:
        self.folder, self._who, self._said = folder, who, said
        self.secret = folder.parent / f"passphrase of {who}.txt"
        self.secret.write_text(f"{passphrase}\n", "utf-8")

    def __call__(self, *words: str) -> tuple[int, list[str], str]:
        """Exit code, the lines on standard output, all on standard error."""
        opening = ["--home", str(self.folder), "--as", self._who]
        self._said.readouterr()
        code = cli.main([*opening, "--passphrase-file", str(self.secret), "team", *words])
        out = self._said.readouterr()
        return code, out.out.splitlines(), out.err

    def agency(self) -> Certificate:
        """Whom it pinned last set up or joined; of one agency."""
        return trust_beside(self.folder).authorities[0]


@pytest.fixture
def office(agency_home: Path, capsys: Said) -> Home:
    return Home(agency_home, "Ines Halvorsen", PASSPHRASE, capsys)


@pytest.fixture
def ana(anas_template: Path, tmp_path: Path, capsys: Said) -> Home:
    home = shutil.copytree(anas_template, tmp_path / "ana")
    return Home(home, "Ana Ortiz", ANAS_PASSPHRASE, capsys)


def spoken(line: str) -> str:
    """What is read out over the telephone."""
    return line.partition(": ")[2]


def test_a_nurse_joins_signs_and_is_revoked_between_two_homes(
    office: Home, ana: Home, tmp_path: Path
) -> None:
    request, packet = tmp_path / "ana.ivrequest", tmp_path / "ana.ivteam"
    code, lines, _ = ana("request", "--to", str(request))
    assert code == 0
    assert lines[0] == str(request)
    hers = spoken(lines[1])
    assert hers.split() == list(read_request(request.read_bytes()).words)

    code, lines, _ = office("accept", str(request), "--to", str(packet), "--words", hers.upper())
    assert (code, lines[0], lines[1]) == (0, "Ana Ortiz, RN, as nurse", str(packet))
    theirs = spoken(lines[2])

    code, lines, _ = ana("join", str(packet), "--words", theirs)
    assert code == 0
    assert lines[-1] == "This record works for Riverbend Home Infusion."

    code, lines, _ = ana("show")
    assert code == 0
    assert lines[0] == "Riverbend Home Infusion"
    assert theirs in lines[1]
    assert "Also trusted: Ana" in lines
    assert "  its authority is on another laptop" in lines
    assert sum("certificate until" in line for line in lines) == 3

    code, lines, _ = office("show")
    assert code == 0
    assert any(line.startswith("Ana Ortiz, RN: nurse; certificate until") for line in lines)
    assert any("Ines Halvorsen, RN: nurse, holds the agency's authority" in line for line in lines)

    newer = tmp_path / "newer.ivteam"
    code, lines, _ = office(
        "revoke", "Ana Ortiz", "--from", "2026-11-01", "--reason", "left", "--to", str(newer)
    )
    assert code == 0
    assert lines[-1].startswith("Ana Ortiz, RN signs no more from 2026-11-01 on.")
    assert ana("join", str(newer))[0] == 0
    code, lines, _ = ana("show")
    assert code == 1
    assert any("ended from 1 Nov 2026 on (left); earlier signatures stay" in one for one in lines)
    code, _, err = ana("join", str(packet))
    assert (code, err) == (1, "A newer team packet of this agency is here already.\n")


def test_an_agency_is_trusted_without_joining_and_its_packet_passed_on(
    office: Home, ana: Home, tmp_path: Path
) -> None:
    packet, passed = tmp_path / "team.ivteam", tmp_path / "passed.ivteam"
    code, lines, _ = office("export", "--to", str(packet))
    assert code == 0
    theirs = spoken(lines[1])
    code, lines, _ = ana("trust", str(packet), "--words", theirs)
    assert (code, lines[-1]) == (0, "Notes of Riverbend Home Infusion are trusted here.")
    assert read_packet(packet.read_bytes()).authority in trust_beside(ana.folder).authorities
    assert ana("show")[1][0] == "Ana"
    request = tmp_path / "ana.ivrequest"
    words = spoken(ana("request", "--to", str(request))[1][1])
    office("accept", str(request), "--to", str(packet), "--words", words)
    assert ana("join", str(packet))[0] == 0
    assert ana("export", "--to", str(passed))[0] == 0
    assert passed.read_bytes() == packet.read_bytes()


def test_without_words_they_are_shown_and_asked_for(
    office: Home, ana: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packet = tmp_path / "team.ivteam"
    office("export", "--to", str(packet))
    words = " ".join(read_packet(packet.read_bytes()).words)

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    code, lines, err = ana("trust", str(packet))
    assert code == 1
    assert lines == ["Riverbend Home Infusion", f"Six words: {words}"]
    assert "give them with --words" in err
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    code, _, err = ana("trust", str(packet))
    assert code == 1
    assert "Nothing was done" in err
    monkeypatch.setattr("sys.stdin", Terminal("Yes\n"))
    assert ana("trust", str(packet))[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["accept", "REQUEST", "--to", "OUT", "--words", "one two"], "not the six words"),
        (["join", "PACKET", "--words", "one two"], "holds no certificate for you"),
        (["trust", "PACKET", "--words", "one two"], "not the six words"),
        (["join", "REQUEST"], "no team packet"),
        (["accept", "PACKET", "--to", "OUT"], "no request"),
        (["accept", "nothing", "--to", "OUT"], "cannot be opened"),
        (["export", "--to", "HOME/x.ivteam"], "outside the record"),
        (["export", "--to", "nowhere/x.ivteam"], "a folder that is there"),
        (["revoke", "Nobody", "--from", "2026-11-01", "--reason", "x", "--to", "OUT"], "One of:"),
        (
            ["revoke", "Ines Halvorsen", "--from", "2026-11-01", "--reason", "x", "--to", "OUT"],
            "cannot be revoked",
        ),
        (
            ["revoke", "Paula Achterberg", "--from", "2999-01-01", "--reason", "x", "--to", "OUT"],
            "a day that is over",
        ),
    ],
)
def test_what_is_refused_says_why_in_one_line_and_writes_nothing(
    office: Home, ana: Home, tmp_path: Path, words: list[str], said: str
) -> None:
    names = {
        "REQUEST": tmp_path / "ana.ivrequest",
        "PACKET": tmp_path / "strange.ivteam",
        "OUT": tmp_path / "out.ivteam",
        "HOME/x.ivteam": office.folder / "x.ivteam",
    }
    ana("request", "--to", str(names["REQUEST"]))
    ana("export", "--to", str(names["PACKET"]))
    code, _, err = office(*(str(names.get(word, word)) for word in words))
    assert code == 1
    assert said in err
    assert err.count("\n") == 1
    assert not names["OUT"].exists()
    assert len(trust_beside(office.folder).authorities) == 1


def test_a_member_is_added_with_a_passphrase_of_their_own(office: Home, tmp_path: Path) -> None:
    chosen = tmp_path / "new.txt"
    chosen.write_text("wide green meadow path\n", "utf-8")
    new = ["--new-passphrase-file", str(chosen), "--role", "coordinator", "--credential", "RN"]
    code, lines, _ = office("add", "--member", "Tom Reyes", *new)
    assert (code, lines) == (0, ["Tom Reyes, RN can unlock this record as coordinator."])
    assert any(line.startswith("Tom Reyes, RN: coordinator") for line in office("show")[1])
    tom = Home(office.folder, "Tom Reyes", "wide green meadow path", office._said)
    code, _, err = tom("add", "--member", "Somebody", *new)
    assert code == 1
    assert "passphrase of Ines Halvorsen" in err


def test_the_words_shown_are_those_of_the_pinned_authority(office: Home) -> None:
    _, lines, _ = office("show")
    assert lines[1] == f"  six words: {' '.join(words_of(office.agency()))}"
    assert json.loads((office.folder / "trust.json").read_bytes())["v"] == 1
