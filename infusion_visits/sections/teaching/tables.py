"""The table of teaching."""

from datetime import datetime

from infusion_visits.records.rows import VisitRow, instant_column, seq_column, text_column
from infusion_visits.records.store import Group, Store
from infusion_visits.sections.teaching.fields import SECTION, TEACHING
from infusion_visits.sections.teaching.values import Taught, Teaching


class TeachingRow(VisitRow, table=True):
    """One topic taught at one visit."""

    __tablename__ = "teaching"

    seq: int = seq_column()
    at: datetime | None = instant_column("when taught, UTC")
    topic: str | None = text_column("key of the topic")
    topic_words: str | None = text_column("a topic that is not in the list")
    learner: str | None = text_column("patient, caregiver or both")
    learner_name: str | None = text_column("name of the caregiver")
    method: str | None = text_column("how it was taught")
    result: str | None = text_column("result of the teach-back")
    follow_up: str | None = text_column("what follows")
    interpreter: str | None = text_column("language and interpreter")
    materials: str | None = text_column("what was left with the learner")
    note: str | None = text_column("free words")


STORE = Store(
    section=SECTION,
    values=Teaching,
    groups=(Group(rows=TEACHING, table=TeachingRow, keys=("seq",), value=Taught),),
)
