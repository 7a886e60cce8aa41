"""The body figure: sites on the patient's own sides, barred limbs crossed, labels inside."""

from __future__ import annotations

import pytest

from infusion_visits.core.blocks import BodyFigure, BodyMark, BodySite
from infusion_visits.core.body_geometry import body_marks, site_point
from infusion_visits.core.drawing import Dot, Label, Lettering, Line, Role


@pytest.mark.parametrize("site", [site for site in BodySite if site is not BodySite.ABDOMEN])
def test_the_patients_right_is_at_the_viewers_left(site: BodySite) -> None:
    x, y = site_point(site)
    assert (x < 50) == site.value.startswith("right")
    assert 0 < y < 232


def test_a_line_is_a_full_dot_and_a_barred_limb_a_cross() -> None:
    figure = BodyFigure(
        (
            BodyMark(BodySite.RIGHT_CHEST, "port"),
            BodyMark(BodySite.LEFT_UPPER_ARM, "no BP", barred=True),
        ),
        "",
    )
    marks = body_marks(figure, 40, 90)
    (dot,) = [mark for mark in marks if isinstance(mark, Dot) and not mark.hollow]
    bars = [mark for mark in marks if isinstance(mark, Line)]
    assert dot.x < 20
    assert len(bars) == 2
    assert all(bar.role is Role.DANGER and bar.x1 > 20 for bar in bars)


def test_two_lines_at_one_site_stay_two_dots() -> None:
    figure = BodyFigure(
        (BodyMark(BodySite.LEFT_FOREARM, "a"), BodyMark(BodySite.LEFT_FOREARM, "b")), ""
    )
    dots = [m for m in body_marks(figure, 40, 90) if isinstance(m, Dot) and not m.hollow]
    assert len({(dot.x, dot.y) for dot in dots}) == 2


def test_labels_stand_apart_and_inside() -> None:
    figure = BodyFigure(tuple(BodyMark(site, site.value) for site in BodySite), "")
    labels = [m for m in body_marks(figure, 260, 220, labelled=True) if isinstance(m, Label)]
    boxes = [Lettering().box(label) for label in labels]
    assert len(labels) == len(BodySite)
    for box in boxes:
        assert box[0] >= 0
        assert box[2] <= 260
        assert box[1] >= 0
        assert box[3] <= 220
    for one in boxes:
        hidden = [
            two
            for two in boxes
            if two is not one
            and one[0] < two[2]
            and two[0] < one[2]
            and one[1] < two[3]
            and two[1] < one[3]
        ]
        assert not hidden
