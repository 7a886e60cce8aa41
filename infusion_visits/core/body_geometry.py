"""The body from the front as marks: outline, lines at their sites, limbs that are barred.

The patient's right stands at the viewer's left, as when facing the patient.
"""

from __future__ import annotations

from dataclasses import dataclass

from infusion_visits.core.blocks import BodyFigure, BodyMark, BodySite
from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Ground,
    Label,
    Lettering,
    Line,
    Mark,
    Point,
    Polyline,
    Role,
)

UNIT_WIDTH = 100.0
UNIT_HEIGHT = 232.0
"""The figure's own grid; it is scaled into whatever room there is."""

_HALF_OUTLINE: tuple[tuple[Point, ...], ...] = (
    ((44, 35), (43.5, 42), (40, 46), (31, 49), (24, 54), (20, 63), (17, 84), (12, 108), (9, 130)),
    ((9, 130), (11.5, 135), (15, 134), (17.5, 129)),
    ((17.5, 129), (22, 108), (27.5, 84), (30, 72)),
    ((30, 72), (32, 92), (31, 112), (29.5, 130), (31, 165), (34, 190), (35, 222), (33, 228)),
    ((33, 228), (40, 229), (45, 227), (45, 222)),
    ((45, 222), (46, 190), (47.5, 165), (49, 138), (50, 136)),
)
"""The patient's right half, drawn twice."""

_RIGHT_SITES: dict[str, Point] = {
    "hand": (13.5, 128),
    "forearm": (18.5, 104),
    "upper arm": (24, 78),
    "chest": (39, 66),
    "neck": (45.5, 40),
    "thigh": (39.5, 158),
}
_LIMB_BARS: dict[str, tuple[Point, Point]] = {
    "arm": ((16, 88), (29, 94)),
    "leg": ((28, 176), (50, 184)),
}
_SPREAD = 7.0


def site_point(site: BodySite) -> Point:
    """Where `site` lies on the figure's own grid of 100 by 232."""
    if site is BodySite.ABDOMEN:
        return (58.0, 112.0)
    side, _, part = site.value.partition(" ")
    x, y = _RIGHT_SITES[part]
    return (x, y) if side == "right" else (UNIT_WIDTH - x, y)


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the figure's grid lies in the room."""

    left: float
    top: float
    scale: float

    def put(self, point: Point) -> Point:
        return (self.left + point[0] * self.scale, self.top + point[1] * self.scale)

    @property
    def stroke(self) -> float:
        return max(0.6, 1.6 * self.scale)


def body_marks(
    figure: BodyFigure,
    width: float,
    height: float,
    lettering: Lettering | None = None,
    *,
    labelled: bool = False,
) -> tuple[Mark, ...]:
    """The figure in the middle of a room of `width` by `height` points.

    Labels stand left and right of it where `labelled`; without them the words beside the picture
    must say the same.
    """
    lettering = lettering or Lettering()
    scale = min(width / UNIT_WIDTH, height / UNIT_HEIGHT)
    frame = _Frame((width - UNIT_WIDTH * scale) / 2, (height - UNIT_HEIGHT * scale) / 2, scale)
    marks = _outline(frame)
    ground = Ground((0.0, 0.0, width, height))
    seen: dict[BodySite, int] = {}
    for line in figure.marks:
        nth = seen.get(line.site, 0)
        seen[line.site] = nth + 1
        x, y = site_point(line.site)
        spot = frame.put(_bar_middle(line.site) if line.barred else (x, y + nth * _SPREAD))
        if labelled and line.label:
            marks += _label(line, spot, frame, ground, lettering)
        if line.barred:
            marks += _bars(line.site, frame)
        else:
            marks.append(Dot(*spot, max(2.0, 4.2 * scale), Role.INK))
    return tuple(marks)


def _outline(frame: _Frame) -> list[Mark]:
    head = frame.put((UNIT_WIDTH / 2, 20))
    marks: list[Mark] = [Dot(*head, 14.5 * frame.scale, Role.LINE, hollow=True, width=frame.stroke)]
    for part in _HALF_OUTLINE:
        mirrored = tuple((UNIT_WIDTH - x, y) for x, y in part)
        marks += [
            Polyline(tuple(map(frame.put, half)), Role.LINE, frame.stroke)
            for half in (part, mirrored)
        ]
    return marks


def _bar_ends(site: BodySite) -> tuple[Point, Point]:
    start, end = _LIMB_BARS["leg" if "thigh" in site.value else "arm"]
    if site.value.startswith("left"):
        return (UNIT_WIDTH - start[0], start[1]), (UNIT_WIDTH - end[0], end[1])
    return start, end


def _bar_middle(site: BodySite) -> Point:
    start, end = _bar_ends(site)
    return ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)


def _bars(site: BodySite, frame: _Frame) -> list[Mark]:
    """A cross over the limb."""
    (x1, y1), (x2, y2) = map(frame.put, _bar_ends(site))
    width = 1.6 * frame.stroke
    return [Line(x1, y1, x2, y2, Role.DANGER, width), Line(x1, y2, x2, y1, Role.DANGER, width)]


def _label(
    line: BodyMark, spot: Point, frame: _Frame, ground: Ground, lettering: Lettering
) -> list[Mark]:
    """The words at the side of the figure nearest to the site, with a leader to it."""
    gap = 4.0
    at_left = spot[0] < frame.put((UNIT_WIDTH / 2, 0))[0]
    edge = frame.put((0.0 if at_left else UNIT_WIDTH, 0))[0]
    x = edge - gap if at_left else edge + gap
    anchor = Anchor.END if at_left else Anchor.START
    role = Role.DANGER if line.barred else Role.INK
    pitch = 1.3 * lettering.size
    shifts = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
    label = ground.place(
        [
            Label(
                x,
                spot[1] + 0.3 * lettering.size + shift * pitch,
                line.label,
                role,
                lettering.size,
                anchor,
            )
            for shift in shifts
        ],
        lettering,
    )
    leader_y = label.y - 0.3 * lettering.size
    return [label, Line(edge, leader_y, *spot, Role.LINE, 0.6)]
