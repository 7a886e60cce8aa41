"""What the note does on the canvas: text, rules, boxes and marks. The only place that draws.

Coordinates are points from the top left corner of the page, y downwards. All that is drawn stands
between marks that say what it is: an element of the tree, or an artifact that no one reads out.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader

from infusion_visits.core.drawing import (
    Anchor,
    Dot,
    Label,
    Lettering,
    Line,
    Mark,
    Polyline,
    Rectangle,
    Role,
    Triangle,
)
from infusion_visits.notes.pdf.fonts import Face, legible, runs, text_width
from infusion_visits.notes.pdf.tags import PAGINATION

if TYPE_CHECKING:
    from infusion_visits.core.logo import Logo
    from infusion_visits.notes.pdf.tags import Tag, Tree
    from infusion_visits.notes.pdf.typesetting import SetLine

_COLOURS: dict[Role, str] = {
    Role.INK: "#111111",
    Role.QUIET: "#4A5766",
    Role.LINE: "#8792A0",
    Role.HAIR: "#CCD2D9",
    Role.BAND: "#EBEDF1",
    Role.ACCENT: "#0A6C7D",
    Role.DANGER: "#A61B1B",
    Role.FOCUS: "#1257C7",
}
"""Black, one accent for the rate curve, one red for out of range; each has a sign or words too."""


def _rgb(role: Role) -> tuple[float, float, float]:
    code = _COLOURS[role]
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def chart_lettering(size: float) -> Lettering:
    """Labels of a chart, measured in the note's own faces."""

    def measure(text: str, points: float, strong: bool) -> float:
        return text_width(legible(text), Face.STRONG if strong else Face.REGULAR, points)

    return Lettering(size, measure)


class Ink:
    """One page of the canvas, from above; `page` is its number from 0 on."""

    def __init__(self, canvas: Any, height: float, tree: Tree, page: int) -> None:
        self._canvas = canvas
        self._height = height
        self._tree = tree
        self._page = page
        self._bookmarks = 0
        self._wanted: Tag | None = None
        self._open: Tag | None = None
        self._within = False

    def of(self, tag: Tag | None) -> None:
        """What is drawn from now on belongs to `tag`; None is an artifact."""
        if tag is not None and tag is not PAGINATION:
            self._tree.touch(tag)
        self._wanted = tag

    def figure(self, tag: Tag, x: float, top: float, width: float, height: float) -> None:
        """The picture of `tag` begins; it takes this ground."""
        self.of(tag)
        bottom = self._height - top - height
        self._tree.place(tag, (x, bottom, x + width, bottom + height))

    def finish(self) -> None:
        """Ends the page."""
        if self._within:
            self._canvas.addLiteral("EMC")
        self._within = False

    def _begin(self) -> None:
        """Before anything is drawn: between the marks of what it belongs to."""
        if self._within and self._open is self._wanted:
            return
        self.finish()
        tag = self._wanted
        if tag is None:
            self._canvas.addLiteral("/Artifact BMC")
        elif tag is PAGINATION:
            self._canvas.addLiteral("/Artifact <</Type /Pagination>> BDC")
        else:
            mcid = self._tree.mark(tag, self._page)
            self._canvas.addLiteral(f"/{tag.kind.value} <</MCID {mcid}>> BDC")
        self._open, self._within = tag, True

    def line(self, line: SetLine, x: float, top: float) -> None:
        """A set line whose top is at `top`."""
        baseline = top + line.ascent
        self.of(line.tag or PAGINATION)
        for segment in line.segments:
            kind = segment.type
            self.text(segment.text, x + segment.x, baseline, kind.size, kind.face, kind.role)
            if kind.struck:
                middle = baseline - 0.3 * kind.size
                left = x + segment.x
                self.rule(left, middle, left + segment.width, middle, kind.role, 0.7)
        self.of(None)

    def text(
        self, text: str, x: float, baseline: float, size: float, face: Face, role: Role
    ) -> None:
        """Legible text from `x` on. It is written as it stands: no character has a meaning."""
        if not text:
            return
        self._begin()
        self._canvas.setFillColorRGB(*_rgb(role))
        for name, stretch in runs(text, face):
            self._canvas.setFont(name, size)
            self._canvas.drawString(x, self._height - baseline, stretch)
            x += text_width(stretch, face, size)

    def rule(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float,
        role: Role,
        width: float,
        dash: tuple[float, ...] = (),
    ) -> None:
        """A straight stroke."""
        self._pen(role, width, dash)
        self._canvas.line(x1, self._height - y1, x2, self._height - y2)

    def frame(self, x: float, top: float, width: float, height: float) -> None:
        """The rounded frame of the exceptions."""
        self._pen(Role.INK, 1.2)
        self._canvas.roundRect(x, self._height - top - height, width, height, 4, stroke=1, fill=0)

    def bookmark(self, words: str, level: int, top: float) -> None:
        """An entry of the outline that leads to this place."""
        self._bookmarks += 1
        key = f"part-{self._canvas.getPageNumber()}-{self._bookmarks}"
        self._canvas.bookmarkHorizontal(key, 0, self._height - top)
        self._canvas.addOutlineEntry(legible(words), key, level=level)

    def backdrop(self, word: str, width: float) -> None:
        """A word across the page in a pale outline, under everything that is drawn later."""
        canvas = self._canvas
        size = 150.0
        self._begin()
        size *= min(1.0, 560.0 / text_width(word, Face.STRONG, size))
        wide = text_width(word, Face.STRONG, size)
        canvas.saveState()
        canvas.setStrokeColorRGB(0.86, 0.87, 0.89)
        canvas.setLineWidth(1.0)
        canvas.translate(width / 2, self._height / 2)
        canvas.rotate(52)
        for name, stretch in runs(word, Face.STRONG):
            canvas.setFont(name, size)
            canvas.drawString(-wide / 2, -0.33 * size, stretch, mode=1)
        canvas.restoreState()

    def picture(self, logo: Logo, x: float, top: float, width: float, height: float) -> None:
        """A picture of points; it goes in as the plainest form that there is of one."""
        self._begin()
        plain = b"P6 %d %d 255\n" % (logo.width, logo.height) + logo.points
        image = ImageReader(BytesIO(plain))
        self._canvas.drawImage(image, x, self._height - top - height, width, height)

    def marks(self, marks: tuple[Mark, ...], x: float, top: float) -> None:
        """A picture whose own origin lies at (x, top)."""
        for mark in marks:
            self._mark(mark, x, top)

    def _mark(self, mark: Mark, x: float, top: float) -> None:
        match mark:
            case Line():
                self.rule(
                    x + mark.x1,
                    top + mark.y1,
                    x + mark.x2,
                    top + mark.y2,
                    mark.role,
                    mark.width,
                    mark.dash,
                )
            case Polyline():
                self._polyline(mark, x, top)
            case Rectangle():
                self._begin()
                self._canvas.setFillColorRGB(*_rgb(mark.role))
                bottom = self._height - top - mark.y - mark.height
                self._canvas.rect(x + mark.x, bottom, mark.width, mark.height, stroke=0, fill=1)
            case Dot():
                self._dot(mark, x, top)
            case Triangle():
                self._triangle(mark, x, top)
            case Label():
                self._label(mark, x, top)

    def _pen(self, role: Role, width: float, dash: tuple[float, ...] = ()) -> None:
        self._begin()
        self._canvas.setStrokeColorRGB(*_rgb(role))
        self._canvas.setLineWidth(width)
        self._canvas.setDash(list(dash))

    def _polyline(self, mark: Polyline, x: float, top: float) -> None:
        if not mark.points:
            return
        self._pen(mark.role, mark.width, mark.dash)
        path = self._canvas.beginPath()
        (first_x, first_y), *rest = mark.points
        path.moveTo(x + first_x, self._height - top - first_y)
        for point_x, point_y in rest:
            path.lineTo(x + point_x, self._height - top - point_y)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def _dot(self, mark: Dot, x: float, top: float) -> None:
        self._pen(mark.role, mark.width)
        self._canvas.setFillColorRGB(*_rgb(mark.role))
        self._canvas.circle(
            x + mark.x,
            self._height - top - mark.y,
            mark.radius,
            stroke=int(mark.hollow),
            fill=int(not mark.hollow),
        )

    def _triangle(self, mark: Triangle, x: float, top: float) -> None:
        self._begin()
        self._canvas.setFillColorRGB(*_rgb(mark.role))
        path = self._canvas.beginPath()
        base = self._height - top - mark.y
        path.moveTo(x + mark.x - mark.size / 2, base)
        path.lineTo(x + mark.x + mark.size / 2, base)
        path.lineTo(x + mark.x, base + 0.87 * mark.size)
        path.close()
        self._canvas.drawPath(path, stroke=0, fill=1)

    def _label(self, mark: Label, x: float, top: float) -> None:
        face = Face.STRONG if mark.strong else Face.REGULAR
        text = legible(mark.text).replace("\n", " ")
        wide = text_width(text, face, mark.size)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[mark.anchor]
        self.text(text, x + mark.x - shift, top + mark.y, mark.size, face, mark.role)
