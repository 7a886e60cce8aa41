"""clinical depth."""

# ruff: noqa: E501 - the trigger text is made by the revision command
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

TRIGGERS: tuple[str, ...] = (
    """
CREATE TRIGGER "freeze_addendum_update" BEFORE UPDATE ON "addendum"
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END
""",
    """
CREATE TRIGGER "freeze_addendum_delete" BEFORE DELETE ON "addendum"
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END
""",
    """
CREATE TRIGGER "freeze_addendum_insert" BEFORE INSERT ON "addendum"
WHEN EXISTS (SELECT 1 FROM "addendum" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "addendum" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END
""",
    """
CREATE TRIGGER "freeze_arrival_update" BEFORE UPDATE ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "arrival" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END
""",
    """
CREATE TRIGGER "freeze_arrival_delete" BEFORE DELETE ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END
""",
    """
CREATE TRIGGER "freeze_arrival_insert" BEFORE INSERT ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "arrival" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END
""",
    """
CREATE TRIGGER "freeze_audit_event_update" BEFORE UPDATE ON "audit_event"
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END
""",
    """
CREATE TRIGGER "freeze_audit_event_delete" BEFORE DELETE ON "audit_event"
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END
""",
    """
CREATE TRIGGER "freeze_audit_event_insert" BEFORE INSERT ON "audit_event"
WHEN EXISTS (SELECT 1 FROM "audit_event" AS other WHERE other."n" = NEW."n")
  OR EXISTS (SELECT 1 FROM "audit_event" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END
""",
    """
CREATE TRIGGER "freeze_complication_step_update" BEFORE UPDATE ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other."complication_id" = NEW."complication_id" AND other."seq" = NEW."seq" AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END
""",
    """
CREATE TRIGGER "freeze_complication_step_delete" BEFORE DELETE ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END
""",
    """
CREATE TRIGGER "freeze_complication_step_insert" BEFORE INSERT ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other."complication_id" = NEW."complication_id" AND other."seq" = NEW."seq" AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END
""",
    """
CREATE TRIGGER "freeze_departure_update" BEFORE UPDATE ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "departure" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END
""",
    """
CREATE TRIGGER "freeze_departure_delete" BEFORE DELETE ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END
""",
    """
CREATE TRIGGER "freeze_departure_insert" BEFORE INSERT ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "departure" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END
""",
    """
CREATE TRIGGER "freeze_device_care_update" BEFORE UPDATE ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_care" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END
""",
    """
CREATE TRIGGER "freeze_device_care_delete" BEFORE DELETE ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END
""",
    """
CREATE TRIGGER "freeze_device_care_insert" BEFORE INSERT ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_care" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END
""",
    """
CREATE TRIGGER "freeze_device_check_update" BEFORE UPDATE ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END
""",
    """
CREATE TRIGGER "freeze_device_check_delete" BEFORE DELETE ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END
""",
    """
CREATE TRIGGER "freeze_device_check_insert" BEFORE INSERT ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END
""",
    """
CREATE TRIGGER "freeze_home_assessment_update" BEFORE UPDATE ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END
""",
    """
CREATE TRIGGER "freeze_home_assessment_delete" BEFORE DELETE ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END
""",
    """
CREATE TRIGGER "freeze_home_assessment_insert" BEFORE INSERT ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END
""",
    """
CREATE TRIGGER "freeze_home_finding_update" BEFORE UPDATE ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_finding" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END
""",
    """
CREATE TRIGGER "freeze_home_finding_delete" BEFORE DELETE ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END
""",
    """
CREATE TRIGGER "freeze_home_finding_insert" BEFORE INSERT ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_finding" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END
""",
    """
CREATE TRIGGER "freeze_infusion_update" BEFORE UPDATE ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END
""",
    """
CREATE TRIGGER "freeze_infusion_delete" BEFORE DELETE ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END
""",
    """
CREATE TRIGGER "freeze_infusion_insert" BEFORE INSERT ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END
""",
    """
CREATE TRIGGER "freeze_infusion_event_update" BEFORE UPDATE ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_event" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END
""",
    """
CREATE TRIGGER "freeze_infusion_event_delete" BEFORE DELETE ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END
""",
    """
CREATE TRIGGER "freeze_infusion_event_insert" BEFORE INSERT ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_event" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END
""",
    """
CREATE TRIGGER "freeze_lumen_check_update" BEFORE UPDATE ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lumen_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END
""",
    """
CREATE TRIGGER "freeze_lumen_check_delete" BEFORE DELETE ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END
""",
    """
CREATE TRIGGER "freeze_lumen_check_insert" BEFORE INSERT ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lumen_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END
""",
    """
CREATE TRIGGER "freeze_medicine_given_update" BEFORE UPDATE ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "medicine_given" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END
""",
    """
CREATE TRIGGER "freeze_medicine_given_delete" BEFORE DELETE ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END
""",
    """
CREATE TRIGGER "freeze_medicine_given_insert" BEFORE INSERT ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "medicine_given" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END
""",
    """
CREATE TRIGGER "freeze_not_done_update" BEFORE UPDATE ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "not_done" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END
""",
    """
CREATE TRIGGER "freeze_not_done_delete" BEFORE DELETE ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END
""",
    """
CREATE TRIGGER "freeze_not_done_insert" BEFORE INSERT ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "not_done" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END
""",
    """
CREATE TRIGGER "freeze_note_file_update" BEFORE UPDATE ON "note_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END
""",
    """
CREATE TRIGGER "freeze_note_file_delete" BEFORE DELETE ON "note_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END
""",
    """
CREATE TRIGGER "freeze_note_file_insert" BEFORE INSERT ON "note_file"
WHEN EXISTS (SELECT 1 FROM "note_file" AS other WHERE other."visit_id" = NEW."visit_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "note_file" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END
""",
    """
CREATE TRIGGER "freeze_override_update" BEFORE UPDATE ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "override" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END
""",
    """
CREATE TRIGGER "freeze_override_delete" BEFORE DELETE ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END
""",
    """
CREATE TRIGGER "freeze_override_insert" BEFORE INSERT ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "override" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END
""",
    """
CREATE TRIGGER "freeze_product_lot_update" BEFORE UPDATE ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "product_lot" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END
""",
    """
CREATE TRIGGER "freeze_product_lot_delete" BEFORE DELETE ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END
""",
    """
CREATE TRIGGER "freeze_product_lot_insert" BEFORE INSERT ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "product_lot" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END
""",
    """
CREATE TRIGGER "freeze_question_update" BEFORE UPDATE ON "question"
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END
""",
    """
CREATE TRIGGER "freeze_question_delete" BEFORE DELETE ON "question"
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END
""",
    """
CREATE TRIGGER "freeze_question_insert" BEFORE INSERT ON "question"
WHEN EXISTS (SELECT 1 FROM "question" AS other WHERE other."review_id" = NEW."review_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "question" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END
""",
    """
CREATE TRIGGER "freeze_review_update" BEFORE UPDATE ON "review"
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END
""",
    """
CREATE TRIGGER "freeze_review_delete" BEFORE DELETE ON "review"
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END
""",
    """
CREATE TRIGGER "freeze_review_insert" BEFORE INSERT ON "review"
WHEN EXISTS (SELECT 1 FROM "review" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "review" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END
""",
    """
CREATE TRIGGER "freeze_screening_answer_update" BEFORE UPDATE ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "screening_answer" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END
""",
    """
CREATE TRIGGER "freeze_screening_answer_delete" BEFORE DELETE ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END
""",
    """
CREATE TRIGGER "freeze_screening_answer_insert" BEFORE INSERT ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "screening_answer" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END
""",
    """
CREATE TRIGGER "freeze_signature_update" BEFORE UPDATE ON "signature"
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END
""",
    """
CREATE TRIGGER "freeze_signature_delete" BEFORE DELETE ON "signature"
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END
""",
    """
CREATE TRIGGER "freeze_signature_insert" BEFORE INSERT ON "signature"
WHEN EXISTS (SELECT 1 FROM "signature" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "signature" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END
""",
    """
CREATE TRIGGER "freeze_teaching_update" BEFORE UPDATE ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "teaching" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END
""",
    """
CREATE TRIGGER "freeze_teaching_delete" BEFORE DELETE ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END
""",
    """
CREATE TRIGGER "freeze_teaching_insert" BEFORE INSERT ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "teaching" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END
""",
    """
CREATE TRIGGER "freeze_visit_update" BEFORE UPDATE ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."id")
  OR EXISTS (SELECT 1 FROM "visit" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END
""",
    """
CREATE TRIGGER "freeze_visit_delete" BEFORE DELETE ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END
""",
    """
CREATE TRIGGER "freeze_visit_insert" BEFORE INSERT ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."id")
  OR EXISTS (SELECT 1 FROM "visit" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END
""",
    """
CREATE TRIGGER "freeze_visit_snapshot_update" BEFORE UPDATE ON "visit_snapshot"
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END
""",
    """
CREATE TRIGGER "freeze_visit_snapshot_delete" BEFORE DELETE ON "visit_snapshot"
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END
""",
    """
CREATE TRIGGER "freeze_visit_snapshot_insert" BEFORE INSERT ON "visit_snapshot"
WHEN EXISTS (SELECT 1 FROM "visit_snapshot" AS other WHERE other."visit_id" = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "visit_snapshot" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END
""",
    """
CREATE TRIGGER "freeze_vital_signs_update" BEFORE UPDATE ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "vital_signs" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END
""",
    """
CREATE TRIGGER "freeze_vital_signs_delete" BEFORE DELETE ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END
""",
    """
CREATE TRIGGER "freeze_vital_signs_insert" BEFORE INSERT ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "vital_signs" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END
""",
)


def upgrade() -> None:
    """Carries the record over; all triggers away first, back again last."""
    drop_triggers(op.get_bind())
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table('plan_of_care',
    sa.Column('created_at', sa.TEXT(), nullable=False),
    sa.Column('created_by', sa.BLOB(), nullable=False),
    sa.Column('updated_at', sa.TEXT(), nullable=False),
    sa.Column('updated_by', sa.BLOB(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('struck_at', sa.TEXT(), nullable=True),
    sa.Column('struck_by', sa.BLOB(), nullable=True),
    sa.Column('struck_reason', sa.TEXT(), nullable=True),
    sa.Column('patient_id', sa.BLOB(), nullable=False),
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('starts', sa.TEXT(), nullable=True, comment='first day of the period'),
    sa.Column('ends', sa.TEXT(), nullable=True, comment='last day of the period'),
    sa.Column('physician', sa.TEXT(), nullable=True, comment='who is responsible'),
    sa.Column('signed_day', sa.TEXT(), nullable=True, comment="day of the physician's signature"),
    sa.Column('reviewed_day', sa.TEXT(), nullable=True, comment='day of the last review'),
    sa.Column('need', sa.TEXT(), nullable=True, comment='why skilled care is needed'),
    sa.Column('visits_from', sa.TEXT(), nullable=True, comment='visits at least, in each period'),
    sa.Column('visits_to', sa.TEXT(), nullable=True, comment='visits at most, in each period'),
    sa.Column('per', sa.TEXT(), nullable=True, comment='length of the period, in per_unit'),
    sa.Column('per_unit', sa.TEXT(), nullable=True, comment='days, weeks or months'),
    sa.Column('duration', sa.TEXT(), nullable=True, comment='how long, in duration_unit'),
    sa.Column('duration_unit', sa.TEXT(), nullable=True, comment='days, weeks or months'),
    sa.Column('as_needed', sa.TEXT(), nullable=True, comment='visits as needed, how many and for what'),
    sa.Column('goals', sa.TEXT(), nullable=True, comment='goals and expected outcomes'),
    sa.Column('diet', sa.TEXT(), nullable=True, comment='diet'),
    sa.Column('functional_limits', sa.TEXT(), nullable=True, comment='functional limits'),
    sa.Column('safety', sa.TEXT(), nullable=True, comment='safety measures'),
    sa.Column('safety_words', sa.TEXT(), nullable=True, comment='safety measures in words'),
    sa.Column('code_status', sa.TEXT(), nullable=True, comment='full, dnr, limited, not discussed'),
    sa.Column('directive_place', sa.TEXT(), nullable=True, comment='where the directive lies'),
    sa.Column('discharge_plan', sa.TEXT(), nullable=True, comment='plan for the discharge'),
    sa.ForeignKeyConstraint(['patient_id'], ['patient.id'], ),
    sa.PrimaryKeyConstraint('patient_id', 'seq')
    )
    with op.batch_alter_table('therapy_order', schema=None) as batch_op:
        batch_op.add_column(sa.Column('therapy', sa.TEXT(), nullable=True, comment='key of the therapies catalogue'))
        batch_op.add_column(sa.Column('product', sa.TEXT(), nullable=True, comment='key of the product in the catalogue'))
        batch_op.add_column(sa.Column('dosing_basis', sa.TEXT(), nullable=True, comment='flat, per_kg, per_m2'))
        batch_op.add_column(sa.Column('dose_per_m2', sa.TEXT(), nullable=True, comment='in dose_unit, per m² of body surface'))
        batch_op.add_column(sa.Column('dosing_height_cm', sa.TEXT(), nullable=True, comment='cm'))
        batch_op.add_column(sa.Column('dosing_height_cm_entered', sa.TEXT(), nullable=True, comment='as typed'))
        batch_op.add_column(sa.Column('dosing_height_cm_unit', sa.TEXT(), nullable=True, comment='UCUM unit as typed'))
        batch_op.add_column(sa.Column('surface_rounded', sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column('concentration_amount', sa.TEXT(), nullable=True, comment='in concentration_unit'))
        batch_op.add_column(sa.Column('concentration_unit', sa.TEXT(), nullable=True, comment='unit of the concentration'))
        batch_op.add_column(sa.Column('ladder', sa.TEXT(), nullable=True, comment='key of the ladder in the catalogue'))
        batch_op.add_column(sa.Column('filter', sa.TEXT(), nullable=True, comment='filter'))
        batch_op.add_column(sa.Column('cycle_hours', sa.TEXT(), nullable=True, comment='h, ramps included'))
        batch_op.add_column(sa.Column('ramp_up_hours', sa.TEXT(), nullable=True, comment='h at half the rate'))
        batch_op.add_column(sa.Column('ramp_down_hours', sa.TEXT(), nullable=True, comment='h at half the rate'))
        batch_op.add_column(sa.Column('demand_dose', sa.TEXT(), nullable=True, comment='in dose_unit'))
        batch_op.add_column(sa.Column('lockout_minutes', sa.TEXT(), nullable=True, comment='min between demand doses'))
        batch_op.add_column(sa.Column('lockout_minutes_entered', sa.TEXT(), nullable=True, comment='as typed'))
        batch_op.add_column(sa.Column('lockout_minutes_unit', sa.TEXT(), nullable=True, comment='UCUM unit as typed'))
        batch_op.add_column(sa.Column('basal_per_hour', sa.TEXT(), nullable=True, comment='in dose_unit per h'))
        batch_op.add_column(sa.Column('limit_1_hour', sa.TEXT(), nullable=True, comment='in dose_unit'))
        batch_op.add_column(sa.Column('limit_4_hours', sa.TEXT(), nullable=True, comment='in dose_unit'))
        batch_op.add_column(sa.Column('subcut_sites', sa.TEXT(), nullable=True, comment='sites used at once'))
        batch_op.add_column(sa.Column('every', sa.TEXT(), nullable=True, comment='in every_unit'))
        batch_op.add_column(sa.Column('every_unit', sa.TEXT(), nullable=True, comment='hour, day, week, month, year'))
        batch_op.add_column(sa.Column('dose_number', sa.TEXT(), nullable=True, comment='number of this dose in its course'))
        batch_op.add_column(sa.Column('doses_planned', sa.TEXT(), nullable=True, comment='doses of the course'))
        batch_op.add_column(sa.Column('course_days', sa.TEXT(), nullable=True, comment='days of the course'))
        batch_op.add_column(sa.Column('last_dose_day', sa.TEXT(), nullable=True, comment='day of the last dose given elsewhere'))
        batch_op.add_column(sa.Column('flush_rate_ml_h', sa.TEXT(), nullable=True, comment='mL/h of the flush after'))
        batch_op.add_column(sa.Column('flush_rate_ml_h_entered', sa.TEXT(), nullable=True, comment='as typed'))
        batch_op.add_column(sa.Column('flush_rate_ml_h_unit', sa.TEXT(), nullable=True, comment='UCUM unit as typed'))
        batch_op.add_column(sa.Column('goal', sa.TEXT(), nullable=True, comment='goal and expected outcome'))
        batch_op.add_column(sa.Column('safety_measures', sa.TEXT(), nullable=True, comment='safety measures'))

    # ### end Alembic commands ###
    run_each(op.get_bind(), TRIGGERS)
