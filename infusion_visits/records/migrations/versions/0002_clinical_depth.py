"""clinical depth."""

# ruff: noqa: E501 - the trigger text is made by the revision command
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = "0002"
down_revision = "0001"
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
CREATE TRIGGER "freeze_assessment_update" BEFORE UPDATE ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
END
""",
    """
CREATE TRIGGER "freeze_assessment_delete" BEFORE DELETE ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
END
""",
    """
CREATE TRIGGER "freeze_assessment_insert" BEFORE INSERT ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
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
CREATE TRIGGER "freeze_catalogue_override_update" BEFORE UPDATE ON "catalogue_override"
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END
""",
    """
CREATE TRIGGER "freeze_catalogue_override_delete" BEFORE DELETE ON "catalogue_override"
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END
""",
    """
CREATE TRIGGER "freeze_catalogue_override_insert" BEFORE INSERT ON "catalogue_override"
WHEN EXISTS (SELECT 1 FROM "catalogue_override" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "catalogue_override" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END
""",
    """
CREATE TRIGGER "freeze_clock_change_update" BEFORE UPDATE ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "clock_change" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END
""",
    """
CREATE TRIGGER "freeze_clock_change_delete" BEFORE DELETE ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END
""",
    """
CREATE TRIGGER "freeze_clock_change_insert" BEFORE INSERT ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "clock_change" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END
""",
    """
CREATE TRIGGER "freeze_communication_update" BEFORE UPDATE ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "communication" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
END
""",
    """
CREATE TRIGGER "freeze_communication_delete" BEFORE DELETE ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
END
""",
    """
CREATE TRIGGER "freeze_communication_insert" BEFORE INSERT ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "communication" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
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
CREATE TRIGGER "freeze_fall_screen_update" BEFORE UPDATE ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "fall_screen" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
END
""",
    """
CREATE TRIGGER "freeze_fall_screen_delete" BEFORE DELETE ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
END
""",
    """
CREATE TRIGGER "freeze_fall_screen_insert" BEFORE INSERT ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "fall_screen" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
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
CREATE TRIGGER "freeze_infusion_site_update" BEFORE UPDATE ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_site" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END
""",
    """
CREATE TRIGGER "freeze_infusion_site_delete" BEFORE DELETE ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END
""",
    """
CREATE TRIGGER "freeze_infusion_site_insert" BEFORE INSERT ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_site" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END
""",
    """
CREATE TRIGGER "freeze_kit_check_update" BEFORE UPDATE ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END
""",
    """
CREATE TRIGGER "freeze_kit_check_delete" BEFORE DELETE ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END
""",
    """
CREATE TRIGGER "freeze_kit_check_insert" BEFORE INSERT ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END
""",
    """
CREATE TRIGGER "freeze_kit_item_update" BEFORE UPDATE ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_item" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END
""",
    """
CREATE TRIGGER "freeze_kit_item_delete" BEFORE DELETE ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END
""",
    """
CREATE TRIGGER "freeze_kit_item_insert" BEFORE INSERT ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_item" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END
""",
    """
CREATE TRIGGER "freeze_lab_draw_update" BEFORE UPDATE ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_draw" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END
""",
    """
CREATE TRIGGER "freeze_lab_draw_delete" BEFORE DELETE ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END
""",
    """
CREATE TRIGGER "freeze_lab_draw_insert" BEFORE INSERT ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_draw" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END
""",
    """
CREATE TRIGGER "freeze_lab_result_update" BEFORE UPDATE ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_result" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END
""",
    """
CREATE TRIGGER "freeze_lab_result_delete" BEFORE DELETE ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END
""",
    """
CREATE TRIGGER "freeze_lab_result_insert" BEFORE INSERT ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_result" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END
""",
    """
CREATE TRIGGER "freeze_lab_tube_update" BEFORE UPDATE ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_tube" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
END
""",
    """
CREATE TRIGGER "freeze_lab_tube_delete" BEFORE DELETE ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
END
""",
    """
CREATE TRIGGER "freeze_lab_tube_insert" BEFORE INSERT ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_tube" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
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
CREATE TRIGGER "freeze_missed_set_update" BEFORE UPDATE ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "missed_set" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END
""",
    """
CREATE TRIGGER "freeze_missed_set_delete" BEFORE DELETE ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END
""",
    """
CREATE TRIGGER "freeze_missed_set_insert" BEFORE INSERT ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "missed_set" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END
""",
    """
CREATE TRIGGER "freeze_new_home_medicine_update" BEFORE UPDATE ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "new_home_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
END
""",
    """
CREATE TRIGGER "freeze_new_home_medicine_delete" BEFORE DELETE ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
END
""",
    """
CREATE TRIGGER "freeze_new_home_medicine_insert" BEFORE INSERT ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "new_home_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
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
CREATE TRIGGER "freeze_pump_programme_update" BEFORE UPDATE ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_programme" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END
""",
    """
CREATE TRIGGER "freeze_pump_programme_delete" BEFORE DELETE ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END
""",
    """
CREATE TRIGGER "freeze_pump_programme_insert" BEFORE INSERT ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_programme" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END
""",
    """
CREATE TRIGGER "freeze_pump_reading_update" BEFORE UPDATE ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_reading" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
END
""",
    """
CREATE TRIGGER "freeze_pump_reading_delete" BEFORE DELETE ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
END
""",
    """
CREATE TRIGGER "freeze_pump_reading_insert" BEFORE INSERT ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_reading" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
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
CREATE TRIGGER "freeze_reconciled_medicine_update" BEFORE UPDATE ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciled_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END
""",
    """
CREATE TRIGGER "freeze_reconciled_medicine_delete" BEFORE DELETE ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END
""",
    """
CREATE TRIGGER "freeze_reconciled_medicine_insert" BEFORE INSERT ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciled_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END
""",
    """
CREATE TRIGGER "freeze_reconciliation_update" BEFORE UPDATE ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciliation" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
END
""",
    """
CREATE TRIGGER "freeze_reconciliation_delete" BEFORE DELETE ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
END
""",
    """
CREATE TRIGGER "freeze_reconciliation_insert" BEFORE INSERT ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciliation" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
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
CREATE TRIGGER "freeze_safe_work_update" BEFORE UPDATE ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "safe_work" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
END
""",
    """
CREATE TRIGGER "freeze_safe_work_delete" BEFORE DELETE ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
END
""",
    """
CREATE TRIGGER "freeze_safe_work_insert" BEFORE INSERT ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "safe_work" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
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
CREATE TRIGGER "freeze_supply_use_update" BEFORE UPDATE ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "supply_use" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
END
""",
    """
CREATE TRIGGER "freeze_supply_use_delete" BEFORE DELETE ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
END
""",
    """
CREATE TRIGGER "freeze_supply_use_insert" BEFORE INSERT ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "supply_use" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
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
CREATE TRIGGER "freeze_therapy_watch_update" BEFORE UPDATE ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "therapy_watch" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END
""",
    """
CREATE TRIGGER "freeze_therapy_watch_delete" BEFORE DELETE ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END
""",
    """
CREATE TRIGGER "freeze_therapy_watch_insert" BEFORE INSERT ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "therapy_watch" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END
""",
    """
CREATE TRIGGER "freeze_verbal_order_update" BEFORE UPDATE ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "verbal_order" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
END
""",
    """
CREATE TRIGGER "freeze_verbal_order_delete" BEFORE DELETE ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
END
""",
    """
CREATE TRIGGER "freeze_verbal_order_insert" BEFORE INSERT ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "verbal_order" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
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
    """
CREATE TRIGGER "freeze_waste_return_update" BEFORE UPDATE ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "waste_return" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END
""",
    """
CREATE TRIGGER "freeze_waste_return_delete" BEFORE DELETE ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END
""",
    """
CREATE TRIGGER "freeze_waste_return_insert" BEFORE INSERT ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "waste_return" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END
""",
)


def upgrade() -> None:
    """Carries the record over; all triggers away first, back again last."""
    drop_triggers(op.get_bind())
    # ### commands auto generated by Alembic - please adjust! ###
    op.create_table(
        "catalogue_override",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("id", sa.BLOB(), nullable=False),
        sa.Column("name", sa.TEXT(), nullable=False),
        sa.Column(
            "text",
            sa.TEXT(),
            nullable=True,
            comment="the file as loaded, TOML; none in a withdrawal",
        ),
        sa.Column("digest", sa.TEXT(), nullable=False),
        sa.Column("loaded_at", sa.TEXT(), nullable=False),
        sa.Column("member_id", sa.BLOB(), nullable=False),
        sa.Column("withdraws", sa.BLOB(), nullable=True, comment="the row that no longer counts"),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("catalogue_override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalogue_override_name"), ["name"], unique=False)

    op.create_table(
        "line_order",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("patient_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line", sa.TEXT(), nullable=True, comment="kind of line"),
        sa.Column("dressing_days", sa.TEXT(), nullable=True, comment="days between changes"),
        sa.Column("dressing_days_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("dressing_days_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"),
        sa.Column("dressing", sa.TEXT(), nullable=True, comment="kind of dressing"),
        sa.Column("antiseptic", sa.TEXT(), nullable=True, comment="what the skin is cleaned with"),
        sa.Column("securement", sa.TEXT(), nullable=True, comment="what it is secured with"),
        sa.Column("access_technique", sa.TEXT(), nullable=True, comment="how a port is accessed"),
        sa.Column("flush_solution", sa.TEXT(), nullable=True, comment="what it is flushed with"),
        sa.Column("flush_before_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("flush_before_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("flush_before_ml_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"),
        sa.Column("flush_after_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("flush_after_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("flush_after_ml_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"),
        sa.Column("flush_every", sa.TEXT(), nullable=True, comment="in flush_every_unit"),
        sa.Column("flush_every_unit", sa.TEXT(), nullable=True, comment="hours or days"),
        sa.Column("lock", sa.TEXT(), nullable=True, comment="none, saline, heparin, other"),
        sa.Column("lock_units_per_ml", sa.TEXT(), nullable=True, comment="units/mL"),
        sa.Column("lock_units_per_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("lock_units_per_ml_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"),
        sa.Column("lock_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("lock_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("lock_ml_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"),
        sa.Column("words", sa.TEXT(), nullable=True, comment="further words"),
        sa.Column("prescriber", sa.TEXT(), nullable=True, comment="who ordered it"),
        sa.Column("ordered_day", sa.TEXT(), nullable=True, comment="day of the order"),
        sa.Column("ends", sa.TEXT(), nullable=True, comment="last day"),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
        ),
        sa.PrimaryKeyConstraint("patient_id", "seq"),
    )
    op.create_table(
        "plan_of_care",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("patient_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("starts", sa.TEXT(), nullable=True, comment="first day of the period"),
        sa.Column("ends", sa.TEXT(), nullable=True, comment="last day of the period"),
        sa.Column("physician", sa.TEXT(), nullable=True, comment="who is responsible"),
        sa.Column(
            "signed_day", sa.TEXT(), nullable=True, comment="day of the physician's signature"
        ),
        sa.Column("reviewed_day", sa.TEXT(), nullable=True, comment="day of the last review"),
        sa.Column("need", sa.TEXT(), nullable=True, comment="why skilled care is needed"),
        sa.Column(
            "visits_from", sa.TEXT(), nullable=True, comment="visits at least, in each period"
        ),
        sa.Column("visits_to", sa.TEXT(), nullable=True, comment="visits at most, in each period"),
        sa.Column("per", sa.TEXT(), nullable=True, comment="length of the period, in per_unit"),
        sa.Column("per_unit", sa.TEXT(), nullable=True, comment="days, weeks or months"),
        sa.Column("duration", sa.TEXT(), nullable=True, comment="how long, in duration_unit"),
        sa.Column("duration_unit", sa.TEXT(), nullable=True, comment="days, weeks or months"),
        sa.Column(
            "as_needed", sa.TEXT(), nullable=True, comment="visits as needed, how many and for what"
        ),
        sa.Column("goals", sa.TEXT(), nullable=True, comment="goals and expected outcomes"),
        sa.Column("diet", sa.TEXT(), nullable=True, comment="diet"),
        sa.Column("functional_limits", sa.TEXT(), nullable=True, comment="functional limits"),
        sa.Column("safety", sa.TEXT(), nullable=True, comment="safety measures"),
        sa.Column("safety_words", sa.TEXT(), nullable=True, comment="safety measures in words"),
        sa.Column(
            "code_status", sa.TEXT(), nullable=True, comment="full, dnr, limited, not discussed"
        ),
        sa.Column("directive_place", sa.TEXT(), nullable=True, comment="where the directive lies"),
        sa.Column("discharge_plan", sa.TEXT(), nullable=True, comment="plan for the discharge"),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
        ),
        sa.PrimaryKeyConstraint("patient_id", "seq"),
    )
    op.create_table(
        "assessment",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when assessed, UTC"),
        sa.Column("neuro", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("neuro_signs", sa.TEXT(), nullable=True, comment="neurological signs"),
        sa.Column("neuro_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("cardiovascular", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column(
            "heart_signs", sa.TEXT(), nullable=True, comment="signs of heart and circulation"
        ),
        sa.Column("edema", sa.TEXT(), nullable=True, comment="pitting edema 0 to 4, or firm"),
        sa.Column("edema_where", sa.TEXT(), nullable=True, comment="where the edema is"),
        sa.Column("cardiovascular_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("respiratory", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("lung_sounds", sa.TEXT(), nullable=True, comment="lung sounds"),
        sa.Column("lung_where", sa.TEXT(), nullable=True, comment="where they are heard"),
        sa.Column("breathing", sa.TEXT(), nullable=True, comment="breathing"),
        sa.Column("respiratory_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("gastrointestinal", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("bowel_signs", sa.TEXT(), nullable=True, comment="signs of stomach and bowel"),
        sa.Column(
            "last_stool", sa.TEXT(), nullable=True, comment="last bowel movement, at the home"
        ),
        sa.Column("gastrointestinal_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("urinary", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("urine_signs", sa.TEXT(), nullable=True, comment="signs of urine and fluids"),
        sa.Column("urinary_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("skin", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("skin_signs", sa.TEXT(), nullable=True, comment="signs of the skin"),
        sa.Column("skin_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("movement", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column(
            "movement_signs", sa.TEXT(), nullable=True, comment="signs of muscles and joints"
        ),
        sa.Column("movement_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("mood", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("mood_signs", sa.TEXT(), nullable=True, comment="signs of mood and coping"),
        sa.Column("mood_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("endocrine", sa.TEXT(), nullable=True, comment="normal, known or changed"),
        sa.Column("glucose_signs", sa.TEXT(), nullable=True, comment="signs of glucose"),
        sa.Column(
            "glucose_range",
            sa.TEXT(),
            nullable=True,
            comment="glucose at home, lowest to highest with unit",
        ),
        sa.Column("endocrine_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("limits", sa.TEXT(), nullable=True, comment="limits in daily life"),
        sa.Column("diet", sa.TEXT(), nullable=True, comment="diet"),
        sa.Column("response", sa.TEXT(), nullable=True, comment="what was done about it"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "clock_change",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.TEXT(), nullable=True, comment="back or forward"),
        sa.Column("at", sa.TEXT(), nullable=True, comment="the clock's time afterwards"),
        sa.Column("seconds", sa.Integer(), nullable=True, comment="by how much"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "fall_screen",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("screened_at", sa.TEXT(), nullable=True, comment="when screened, UTC"),
        sa.Column("age_65", sa.Boolean(), nullable=True, comment="age 65 or older"),
        sa.Column("diagnoses_3", sa.Boolean(), nullable=True, comment="three or more diagnoses"),
        sa.Column(
            "fell_3_months", sa.Boolean(), nullable=True, comment="fell in the last 3 months"
        ),
        sa.Column("incontinent", sa.Boolean(), nullable=True, comment="incontinence"),
        sa.Column("sight_impaired", sa.Boolean(), nullable=True, comment="sight impaired"),
        sa.Column("mobility_impaired", sa.Boolean(), nullable=True, comment="mobility impaired"),
        sa.Column("home_hazards", sa.Boolean(), nullable=True, comment="hazards in the home"),
        sa.Column(
            "medicines_4", sa.Boolean(), nullable=True, comment="four or more prescribed medicines"
        ),
        sa.Column("pain_limits", sa.Boolean(), nullable=True, comment="pain affects function"),
        sa.Column("cognition_impaired", sa.Boolean(), nullable=True, comment="cognition impaired"),
        sa.Column("plan", sa.TEXT(), nullable=True, comment="what is done against falls"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "kit_check",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("checked_at", sa.TEXT(), nullable=True, comment="when checked, UTC"),
        sa.Column("state", sa.TEXT(), nullable=True, comment="sealed, opened, no kit, not needed"),
        sa.Column("seal_number", sa.TEXT(), nullable=True, comment="number of the seal"),
        sa.Column(
            "first_expiry",
            sa.TEXT(),
            nullable=True,
            comment="first expiry on the label, last day of use",
        ),
        sa.Column(
            "order_there",
            sa.Boolean(),
            nullable=True,
            comment="whether the anaphylaxis order lies with it",
        ),
        sa.Column("why_not", sa.TEXT(), nullable=True, comment="why there is none"),
        sa.Column("new_seal", sa.TEXT(), nullable=True, comment="number of the new seal"),
        sa.Column("done", sa.TEXT(), nullable=True, comment="what was done about it"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "kit_item",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "item", sa.TEXT(), nullable=True, comment="key of the item in the catalogue of the kit"
        ),
        sa.Column("state", sa.TEXT(), nullable=True, comment="present, missing, not needed"),
        sa.Column("expiry", sa.TEXT(), nullable=True, comment="last day of use"),
        sa.Column(
            "exchange", sa.TEXT(), nullable=True, comment="used and not replaced, or replaced"
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "lab_draw",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when drawn, UTC"),
        sa.Column(
            "source", sa.TEXT(), nullable=True, comment="venipuncture, line, capillary or other"
        ),
        sa.Column("site", sa.TEXT(), nullable=True, comment="where the needle went in"),
        sa.Column("attempts", sa.TEXT(), nullable=True, comment="attempts, a count"),
        sa.Column("device_id", sa.BLOB(), nullable=True, comment="line"),
        sa.Column("lumen", sa.TEXT(), nullable=True, comment="lumen"),
        sa.Column(
            "stopped_minutes",
            sa.TEXT(),
            nullable=True,
            comment="minutes that infusions were stopped before",
        ),
        sa.Column("stopped_minutes_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("stopped_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("discard_ml", sa.TEXT(), nullable=True, comment="mL discarded"),
        sa.Column("discard_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("discard_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("flush_ml", sa.TEXT(), nullable=True, comment="mL flushed after"),
        sa.Column("flush_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("flush_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column(
            "labelled",
            sa.Boolean(),
            nullable=True,
            comment="labelled at the patient with two identifiers",
        ),
        sa.Column("tolerated", sa.TEXT(), nullable=True, comment="how the patient tolerated it"),
        sa.Column("tolerated_words", sa.TEXT(), nullable=True, comment="in words"),
        sa.Column("transport", sa.TEXT(), nullable=True, comment="how it was kept on its way"),
        sa.Column("transport_c", sa.TEXT(), nullable=True, comment="degrees Celsius on its way"),
        sa.Column("transport_c_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("transport_c_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("laboratory", sa.TEXT(), nullable=True, comment="laboratory"),
        sa.Column("requisition", sa.TEXT(), nullable=True, comment="requisition number"),
        sa.Column("handed_to", sa.TEXT(), nullable=True, comment="who took it over"),
        sa.Column("handed_at", sa.TEXT(), nullable=True, comment="when it was handed over, UTC"),
        sa.Column("note", sa.TEXT(), nullable=True, comment="free words"),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["access_device.id"],
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "lab_result",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when known, UTC"),
        sa.Column("test", sa.TEXT(), nullable=True, comment="test"),
        sa.Column("value", sa.TEXT(), nullable=True, comment="value as reported"),
        sa.Column("unit", sa.TEXT(), nullable=True, comment="unit as reported"),
        sa.Column("sampled", sa.TEXT(), nullable=True, comment="which sample"),
        sa.Column(
            "judged", sa.TEXT(), nullable=True, comment="within, low, high or critical, as reported"
        ),
        sa.Column("told_to", sa.TEXT(), nullable=True, comment="who was told"),
        sa.Column("told_at", sa.TEXT(), nullable=True, comment="when told, UTC"),
        sa.Column("read_back", sa.Boolean(), nullable=True, comment="whether it was read back"),
        sa.Column("answer", sa.TEXT(), nullable=True, comment="what was said or ordered"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "lab_tube",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("lab_draw_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tube", sa.TEXT(), nullable=True, comment="key of the tube"),
        sa.Column("tests", sa.TEXT(), nullable=True, comment="tests from it"),
        sa.Column("count", sa.TEXT(), nullable=True, comment="how many, a count"),
        sa.Column("level", sa.TEXT(), nullable=True, comment="trough, peak or random"),
        sa.Column("level_drug", sa.TEXT(), nullable=True, comment="drug whose level it is"),
        sa.Column(
            "dose_at",
            sa.TEXT(),
            nullable=True,
            comment="begin of the next or end of the last dose, UTC",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "lab_draw_seq", "seq"),
    )
    op.create_table(
        "missed_set",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due", sa.TEXT(), nullable=True, comment="when it fell due, UTC"),
        sa.Column("reason", sa.TEXT(), nullable=True, comment="why it was not taken in time"),
        sa.Column("words", sa.TEXT(), nullable=True, comment="in words"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "new_home_medicine",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("medicine", sa.TEXT(), nullable=True, comment="medicine"),
        sa.Column("dose", sa.TEXT(), nullable=True, comment="dose"),
        sa.Column("route", sa.TEXT(), nullable=True, comment="route"),
        sa.Column("frequency", sa.TEXT(), nullable=True, comment="how often"),
        sa.Column("reason", sa.TEXT(), nullable=True, comment="what it is taken for"),
        sa.Column("since", sa.TEXT(), nullable=True, comment="since when"),
        sa.Column(
            "over_the_counter", sa.Boolean(), nullable=True, comment="bought without prescription"
        ),
        sa.Column("prescriber", sa.TEXT(), nullable=True, comment="who prescribed it"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "reconciled_medicine",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("medicine", sa.TEXT(), nullable=True, comment="what it was called then"),
        sa.Column("answer", sa.TEXT(), nullable=True, comment="still, changed, on hold, stopped"),
        sa.Column(
            "dose", sa.TEXT(), nullable=True, comment="dose, where it is other or was lacking"
        ),
        sa.Column(
            "route", sa.TEXT(), nullable=True, comment="route, where it is other or was lacking"
        ),
        sa.Column(
            "frequency",
            sa.TEXT(),
            nullable=True,
            comment="how often, where it is other or was lacking",
        ),
        sa.Column("reason", sa.TEXT(), nullable=True, comment="what it is taken for"),
        sa.Column("words", sa.TEXT(), nullable=True, comment="why, since when, by whom"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "reconciliation",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("reconciled_at", sa.TEXT(), nullable=True, comment="when gone through, UTC"),
        sa.Column("sources", sa.TEXT(), nullable=True, comment="by what they were gone through"),
        sa.Column("told", sa.TEXT(), nullable=True, comment="who was told of a difference"),
        sa.Column("note", sa.TEXT(), nullable=True, comment="free words"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "safe_work",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("protection", sa.TEXT(), nullable=True, comment="protection worn"),
        sa.Column("sharps", sa.TEXT(), nullable=True, comment="state of the sharps container"),
        sa.Column(
            "hazardous_removed",
            sa.Boolean(),
            nullable=True,
            comment="hazardous drug waste taken away",
        ),
        sa.Column(
            "odometer_start", sa.TEXT(), nullable=True, comment="odometer at the start, miles"
        ),
        sa.Column("odometer_end", sa.TEXT(), nullable=True, comment="odometer at the end, miles"),
        sa.Column("miles", sa.TEXT(), nullable=True, comment="distance, miles"),
        sa.Column("miles_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("miles_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("travel_minutes", sa.TEXT(), nullable=True, comment="travel, minutes"),
        sa.Column("travel_minutes_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("travel_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "supply_use",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("what", sa.TEXT(), nullable=True, comment="used, delivered, left, taken"),
        sa.Column("item", sa.TEXT(), nullable=True, comment="item"),
        sa.Column("quantity", sa.TEXT(), nullable=True, comment="how many, a count"),
        sa.Column("lot", sa.TEXT(), nullable=True, comment="lot or serial number"),
        sa.Column("expiry", sa.TEXT(), nullable=True, comment="last day of use"),
        sa.Column("taken_from", sa.TEXT(), nullable=True, comment="home or van"),
        sa.Column("note", sa.TEXT(), nullable=True, comment="free words"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "therapy_watch",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answer", sa.Boolean(), nullable=True, comment="yes or no"),
        sa.Column("words", sa.TEXT(), nullable=True, comment="what, and since when"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "tip_confirmation",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("patient_id", sa.BLOB(), nullable=False),
        sa.Column("device_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("confirmed_on", sa.TEXT(), nullable=True, comment="Confirmed on, local day"),
        sa.Column("tip", sa.TEXT(), nullable=True, comment="key of: Tip at"),
        sa.Column("method", sa.TEXT(), nullable=True, comment="key of: Confirmed by"),
        sa.Column("external_length_cm", sa.TEXT(), nullable=True, comment="cm"),
        sa.Column("external_length_cm_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column(
            "external_length_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed"
        ),
        sa.Column("told_by", sa.TEXT(), nullable=True, comment="Told by"),
        sa.ForeignKeyConstraint(
            ["device_id"],
            ["access_device.id"],
        ),
        sa.ForeignKeyConstraint(
            ["patient_id"],
            ["patient.id"],
        ),
        sa.PrimaryKeyConstraint("patient_id", "device_id", "seq"),
    )
    op.create_table(
        "verbal_order",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when received, UTC"),
        sa.Column("order_text", sa.TEXT(), nullable=True, comment="the order word for word"),
        sa.Column("prescriber", sa.TEXT(), nullable=True, comment="prescriber"),
        sa.Column("given_by", sa.TEXT(), nullable=True, comment="who passed it on"),
        sa.Column(
            "received_by",
            sa.TEXT(),
            nullable=True,
            comment="receiver with credential, where not the author",
        ),
        sa.Column(
            "read_back",
            sa.Boolean(),
            nullable=True,
            comment="whether it was read back and confirmed",
        ),
        sa.Column(
            "sign_by",
            sa.TEXT(),
            nullable=True,
            comment="to be signed by, at the home; null: the agency's days",
        ),
        sa.Column(
            "signed_on",
            sa.TEXT(),
            nullable=True,
            comment="signed by the prescriber on, at the home",
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "waste_return",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when, UTC"),
        sa.Column("what", sa.TEXT(), nullable=True, comment="wasted, returned, emptied"),
        sa.Column("drug", sa.TEXT(), nullable=True, comment="drug"),
        sa.Column("amount", sa.TEXT(), nullable=True, comment="how much, in amount_unit"),
        sa.Column("amount_unit", sa.TEXT(), nullable=True, comment="unit of the amount"),
        sa.Column("lot", sa.TEXT(), nullable=True, comment="lot"),
        sa.Column("method", sa.TEXT(), nullable=True, comment="how it was disposed of or sent"),
        sa.Column(
            "controlled", sa.Boolean(), nullable=True, comment="whether it is a controlled drug"
        ),
        sa.Column("witness_how", sa.TEXT(), nullable=True, comment="present, video, none"),
        sa.Column("witness", sa.TEXT(), nullable=True, comment="witness with credential"),
        sa.Column("no_witness", sa.TEXT(), nullable=True, comment="why nobody saw it"),
        sa.Column("handed_to", sa.TEXT(), nullable=True, comment="who has it now"),
        sa.Column("note", sa.TEXT(), nullable=True, comment="free words"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "communication",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when, UTC"),
        sa.Column(
            "direction", sa.TEXT(), nullable=True, comment="called, was called, in person, message"
        ),
        sa.Column("role", sa.TEXT(), nullable=True, comment="role of the other side"),
        sa.Column("who", sa.TEXT(), nullable=True, comment="name of the other side"),
        sa.Column("organisation", sa.TEXT(), nullable=True, comment="office or company"),
        sa.Column("telephone", sa.TEXT(), nullable=True, comment="telephone number"),
        sa.Column("reached", sa.TEXT(), nullable=True, comment="reached, message left, no answer"),
        sa.Column("reason", sa.TEXT(), nullable=True, comment="why"),
        sa.Column("said", sa.TEXT(), nullable=True, comment="what was said"),
        sa.Column("answer", sa.TEXT(), nullable=True, comment="what was answered"),
        sa.Column(
            "order_received", sa.Boolean(), nullable=True, comment="whether an order was received"
        ),
        sa.Column("read_back", sa.Boolean(), nullable=True, comment="whether it was read back"),
        sa.Column(
            "called_back_at", sa.TEXT(), nullable=True, comment="when the call came back, UTC"
        ),
        sa.Column("follow_up", sa.TEXT(), nullable=True, comment="who calls again, and when"),
        sa.Column("complication_id", sa.BLOB(), nullable=True, comment="complication it was about"),
        sa.ForeignKeyConstraint(
            ["complication_id"],
            ["complication.id"],
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "infusion_site",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("infusion_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("side", sa.TEXT(), nullable=True, comment="left, right, middle"),
        sa.Column("place", sa.TEXT(), nullable=True, comment="part of the body"),
        sa.Column("needle_gauge", sa.TEXT(), nullable=True, comment="gauge"),
        sa.Column("needle_gauge_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("needle_gauge_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("needle_mm", sa.TEXT(), nullable=True, comment="mm"),
        sa.Column("apart_cm", sa.TEXT(), nullable=True, comment="cm"),
        sa.Column("apart_cm_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("apart_cm_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("no_blood", sa.Boolean(), nullable=True, comment="no blood was drawn back"),
        sa.Column("volume_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("volume_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("volume_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("looks", sa.TEXT(), nullable=True, comment="the site after the infusion"),
        sa.ForeignKeyConstraint(
            ["visit_id", "infusion_seq"],
            ["infusion.visit_id", "infusion.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "infusion_seq", "seq"),
    )
    op.create_table(
        "pump_programme",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("infusion_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="from when on, UTC"),
        sa.Column("mode", sa.TEXT(), nullable=True, comment="on demand, basal, continuous"),
        sa.Column("changed", sa.TEXT(), nullable=True, comment="as found, changed, new"),
        sa.Column(
            "concentration", sa.TEXT(), nullable=True, comment="concentration in the reservoir"
        ),
        sa.Column("basal", sa.TEXT(), nullable=True, comment="in basal_unit"),
        sa.Column("basal_unit", sa.TEXT(), nullable=True, comment="unit of the basal rate"),
        sa.Column("demand", sa.TEXT(), nullable=True, comment="in demand_unit"),
        sa.Column("demand_unit", sa.TEXT(), nullable=True, comment="unit of the demand dose"),
        sa.Column("lockout_minutes", sa.TEXT(), nullable=True, comment="minutes"),
        sa.Column("lockout_minutes_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("lockout_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("limit", sa.TEXT(), nullable=True, comment="in limit_unit, over limit_hours"),
        sa.Column("limit_unit", sa.TEXT(), nullable=True, comment="unit of the limit"),
        sa.Column("limit_hours", sa.TEXT(), nullable=True, comment="hours"),
        sa.Column("ordered_by", sa.TEXT(), nullable=True, comment="by whose order"),
        sa.Column("read_back_with", sa.TEXT(), nullable=True, comment="who checked it"),
        sa.ForeignKeyConstraint(
            ["visit_id", "infusion_seq"],
            ["infusion.visit_id", "infusion.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "infusion_seq", "seq"),
    )
    op.create_table(
        "pump_reading",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column("infusion_seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.TEXT(), nullable=True, comment="when, UTC"),
        sa.Column("demands", sa.TEXT(), nullable=True, comment="demands since cleared"),
        sa.Column(
            "delivered", sa.TEXT(), nullable=True, comment="demand doses delivered since cleared"
        ),
        sa.Column("given_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("given_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("given_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column("remaining_ml", sa.TEXT(), nullable=True, comment="mL"),
        sa.Column("remaining_ml_entered", sa.TEXT(), nullable=True, comment="as typed"),
        sa.Column("remaining_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"),
        sa.Column(
            "cleared", sa.Boolean(), nullable=True, comment="the counts were cleared afterwards"
        ),
        sa.Column("alarms", sa.TEXT(), nullable=True, comment="alarms"),
        sa.ForeignKeyConstraint(
            ["visit_id", "infusion_seq"],
            ["infusion.visit_id", "infusion.seq"],
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "infusion_seq", "seq"),
    )
    with op.batch_alter_table("access_device", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("site_count", sa.TEXT(), nullable=True, comment="Number of sites")
        )
        batch_op.add_column(
            sa.Column(
                "insertion_dry_seconds", sa.TEXT(), nullable=True, comment="Dried for, seconds"
            )
        )
        batch_op.add_column(
            sa.Column(
                "attempts_one_nurse", sa.TEXT(), nullable=True, comment="Most attempts by one nurse"
            )
        )
        batch_op.add_column(sa.Column("dwell_limit_days", sa.TEXT(), nullable=True, comment="days"))
        batch_op.add_column(
            sa.Column("dwell_limit_days_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column(
                "dwell_limit_days_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed"
            )
        )
        batch_op.add_column(
            sa.Column("removal_position", sa.TEXT(), nullable=True, comment="key of: Position")
        )
        batch_op.add_column(
            sa.Column(
                "removal_breath", sa.TEXT(), nullable=True, comment="key of: While it was drawn"
            )
        )
        batch_op.add_column(
            sa.Column(
                "anticoagulated", sa.Boolean(), nullable=True, comment="Takes a blood thinner"
            )
        )
        batch_op.add_column(
            sa.Column(
                "removal_ointment",
                sa.Boolean(),
                nullable=True,
                comment="Airtight dressing with ointment",
            )
        )
        batch_op.add_column(sa.Column("flat_minutes", sa.TEXT(), nullable=True, comment="min"))
        batch_op.add_column(
            sa.Column("flat_minutes_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("flat_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )

    with op.batch_alter_table("complication", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "visit_id",
                sa.BLOB(),
                nullable=True,
                comment="the visit at which it was first written",
            )
        )
        batch_op.add_column(
            sa.Column("segment", sa.TEXT(), nullable=True, comment="key of: What was going in")
        )
        batch_op.add_column(
            sa.Column("device_status", sa.TEXT(), nullable=True, comment="key of: Line now")
        )
        batch_op.add_column(
            sa.Column("photo_ids", sa.TEXT(), nullable=True, comment="Numbers of the photographs")
        )
        batch_op.add_column(
            sa.Column("osmolarity_ph", sa.TEXT(), nullable=True, comment="Osmolarity and pH")
        )
        batch_op.add_column(
            sa.Column(
                "capillary_refill", sa.TEXT(), nullable=True, comment="key of: Capillary refill"
            )
        )
        batch_op.add_column(
            sa.Column("pulses", sa.TEXT(), nullable=True, comment="key of: Pulses below")
        )
        batch_op.add_column(
            sa.Column("sensation", sa.TEXT(), nullable=True, comment="Sensation and movement")
        )
        batch_op.add_column(
            sa.Column(
                "antidote", sa.TEXT(), nullable=True, comment="Antidote with its dose and time"
            )
        )
        batch_op.add_column(
            sa.Column(
                "line_detail", sa.TEXT(), nullable=True, comment="Gauge and site and hours in place"
            )
        )
        batch_op.add_column(
            sa.Column("attempts", sa.TEXT(), nullable=True, comment="Attempts by each nurse")
        )
        batch_op.add_column(
            sa.Column("needle", sa.TEXT(), nullable=True, comment="Nurse and site and needle angle")
        )
        batch_op.add_column(
            sa.Column("skin_area", sa.TEXT(), nullable=True, comment="Area of skin")
        )
        batch_op.add_column(
            sa.Column("anticoagulant", sa.TEXT(), nullable=True, comment="Anticoagulant")
        )
        batch_op.add_column(
            sa.Column("culture", sa.TEXT(), nullable=True, comment="Culture: what and when sent")
        )
        batch_op.add_column(sa.Column("length_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("length_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("length_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(sa.Column("arm_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("arm_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("arm_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(sa.Column("other_arm_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("other_arm_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("other_arm_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column(
                "hours_since", sa.TEXT(), nullable=True, comment="How long since removal or dose"
            )
        )
        batch_op.add_column(
            sa.Column("product", sa.TEXT(), nullable=True, comment="Product on the skin or in use")
        )
        batch_op.add_column(sa.Column("cause", sa.TEXT(), nullable=True, comment="Cause"))
        batch_op.add_column(
            sa.Column(
                "last_access",
                sa.TEXT(),
                nullable=True,
                comment="Last access and dressing of the line",
            )
        )
        batch_op.add_column(
            sa.Column("volume", sa.TEXT(), nullable=True, comment="Volume estimated")
        )
        batch_op.add_column(
            sa.Column("against_order", sa.TEXT(), nullable=True, comment="Given against ordered")
        )
        batch_op.add_column(
            sa.Column("dose_day", sa.TEXT(), nullable=True, comment="Date of the dose")
        )
        batch_op.add_column(
            sa.Column("rhythm", sa.TEXT(), nullable=True, comment="Pulse and rhythm")
        )
        batch_op.add_column(
            sa.Column("glucose_course", sa.TEXT(), nullable=True, comment="Glucose with times")
        )
        batch_op.add_column(
            sa.Column(
                "pump_detail", sa.TEXT(), nullable=True, comment="Pump number and last good reading"
            )
        )
        batch_op.add_column(
            sa.Column("surface", sa.TEXT(), nullable=True, comment="Surface and what it touched")
        )
        batch_op.add_column(
            sa.Column(
                "allergy_recorded", sa.Boolean(), nullable=True, comment="Recorded as an allergy"
            )
        )

    with op.batch_alter_table("complication_step", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signs", sa.TEXT(), nullable=True, comment="keys of: Signs"))
        batch_op.add_column(sa.Column("measured_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("measured_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("measured_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column("skipped", sa.TEXT(), nullable=True, comment="Not done because")
        )
        batch_op.add_column(
            sa.Column("done_by", sa.TEXT(), nullable=True, comment="key of: Done by")
        )

    with op.batch_alter_table("departure", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("outcome", sa.TEXT(), nullable=True, comment="why care ended")
        )
        batch_op.add_column(
            sa.Column(
                "outcome_words",
                sa.TEXT(),
                nullable=True,
                comment="what was reached, and who goes on caring",
            )
        )

    with op.batch_alter_table("device_care", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lumen", sa.TEXT(), nullable=True, comment="Lumen"))
        batch_op.add_column(
            sa.Column("why", sa.TEXT(), nullable=True, comment="key of: Done because")
        )
        batch_op.add_column(
            sa.Column("dry_seconds", sa.TEXT(), nullable=True, comment="Dried for, seconds")
        )
        batch_op.add_column(
            sa.Column("technique", sa.TEXT(), nullable=True, comment="key of: Technique")
        )
        batch_op.add_column(sa.Column("needle_lot", sa.TEXT(), nullable=True, comment="Needle lot"))
        batch_op.add_column(
            sa.Column("blood_return", sa.TEXT(), nullable=True, comment="key of: Blood return")
        )
        batch_op.add_column(
            sa.Column("purpose", sa.TEXT(), nullable=True, comment="key of: Flush for")
        )
        batch_op.add_column(
            sa.Column("flush_agent", sa.TEXT(), nullable=True, comment="key of: Flushed with")
        )
        batch_op.add_column(sa.Column("agent", sa.TEXT(), nullable=True, comment="key of: Agent"))
        batch_op.add_column(sa.Column("agent_mg", sa.TEXT(), nullable=True, comment="mg"))
        batch_op.add_column(
            sa.Column("agent_mg_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("agent_mg_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(sa.Column("agent_ml", sa.TEXT(), nullable=True, comment="mL"))
        batch_op.add_column(
            sa.Column("agent_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("agent_ml_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column("agent_lot", sa.TEXT(), nullable=True, comment="Lot of the agent")
        )
        batch_op.add_column(
            sa.Column(
                "contraindications", sa.TEXT(), nullable=True, comment="keys of: Reasons against it"
            )
        )
        batch_op.add_column(sa.Column("ordered_by", sa.TEXT(), nullable=True, comment="Ordered by"))
        batch_op.add_column(sa.Column("aspirated_ml", sa.TEXT(), nullable=True, comment="mL"))
        batch_op.add_column(
            sa.Column("aspirated_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("aspirated_ml_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column("outcome", sa.TEXT(), nullable=True, comment="key of: Outcome")
        )

    with op.batch_alter_table("device_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("swelling_degree", sa.TEXT(), nullable=True, comment="key of: Swelling looks")
        )
        batch_op.add_column(
            sa.Column("refill", sa.TEXT(), nullable=True, comment="key of: Capillary refill")
        )
        batch_op.add_column(sa.Column("limb_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("limb_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("limb_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column(
                "extravasation", sa.TEXT(), nullable=True, comment="grade on Extravasation 1 to 4"
            )
        )
        batch_op.add_column(
            sa.Column("arm_measured_above_cm", sa.TEXT(), nullable=True, comment="cm")
        )
        batch_op.add_column(
            sa.Column("arm_measured_above_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column(
                "arm_measured_above_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed"
            )
        )
        batch_op.add_column(sa.Column("other_arm_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("other_arm_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("other_arm_cm_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )
        batch_op.add_column(
            sa.Column("skin_product", sa.TEXT(), nullable=True, comment="Product suspected")
        )

    with op.batch_alter_table("home_assessment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "changed",
                sa.TEXT(),
                nullable=True,
                comment="what changed since the earlier assessment",
            )
        )

    with op.batch_alter_table("home_medicine", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "over_the_counter",
                sa.Boolean(),
                nullable=True,
                comment="bought without prescription",
            )
        )

    with op.batch_alter_table("infusion", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "pump_due",
                sa.TEXT(),
                nullable=True,
                comment="the pump's maintenance is valid until",
            )
        )
        batch_op.add_column(
            sa.Column("drop_factor", sa.TEXT(), nullable=True, comment="drops per mL of the set")
        )
        batch_op.add_column(sa.Column("first_bag_ml", sa.TEXT(), nullable=True, comment="mL"))
        batch_op.add_column(
            sa.Column("first_bag_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("first_bag_ml_unit", sa.TEXT(), nullable=True, comment="UCUM")
        )
        batch_op.add_column(sa.Column("priming_ml", sa.TEXT(), nullable=True, comment="mL"))
        batch_op.add_column(
            sa.Column("priming_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("priming_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column(
                "second_checked_at", sa.TEXT(), nullable=True, comment="when it was checked, UTC"
            )
        )
        batch_op.add_column(
            sa.Column(
                "compared", sa.TEXT(), nullable=True, comment="what the second check compared"
            )
        )
        batch_op.add_column(
            sa.Column(
                "first_dose_ready",
                sa.TEXT(),
                nullable=True,
                comment="conditions of a first dose that are met",
            )
        )
        batch_op.add_column(
            sa.Column("waste_method", sa.TEXT(), nullable=True, comment="how it was wasted")
        )
        batch_op.add_column(
            sa.Column(
                "returned", sa.TEXT(), nullable=True, comment="what was returned or left, with lots"
            )
        )
        batch_op.add_column(
            sa.Column(
                "empty_bags", sa.TEXT(), nullable=True, comment="empty bags and vials counted"
            )
        )

    with op.batch_alter_table("infusion_event", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "volume_ml", sa.TEXT(), nullable=True, comment="mL of a new bag or of a flush"
            )
        )
        batch_op.add_column(
            sa.Column("volume_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("volume_ml_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column("remaining_ml", sa.TEXT(), nullable=True, comment="mL left in the bag")
        )
        batch_op.add_column(
            sa.Column("remaining_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("remaining_ml_unit", sa.TEXT(), nullable=True, comment="UCUM")
        )
        batch_op.add_column(
            sa.Column("ladder", sa.TEXT(), nullable=True, comment="rates ordered after a restart")
        )

    with op.batch_alter_table("lumen", schema=None) as batch_op:
        batch_op.add_column(sa.Column("volume_ml", sa.TEXT(), nullable=True, comment="mL"))
        batch_op.add_column(
            sa.Column("volume_ml_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("volume_ml_unit", sa.TEXT(), nullable=True, comment="UCUM code as typed")
        )

    with op.batch_alter_table("lumen_check", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("occlusion_cause", sa.TEXT(), nullable=True, comment="key of: Blocked by")
        )
        batch_op.add_column(
            sa.Column("flush_agent", sa.TEXT(), nullable=True, comment="key of: Flushed with")
        )
        batch_op.add_column(
            sa.Column("connector_why", sa.TEXT(), nullable=True, comment="key of: Changed because")
        )
        batch_op.add_column(
            sa.Column("left_as", sa.TEXT(), nullable=True, comment="key of: This lumen left")
        )

    with op.batch_alter_table("medicine_given", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("site", sa.TEXT(), nullable=True, comment="where on the body")
        )
        batch_op.add_column(
            sa.Column("kit", sa.Boolean(), nullable=True, comment="taken from the emergency kit")
        )

    with op.batch_alter_table("product_lot", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gtin", sa.TEXT(), nullable=True, comment="GTIN, 14 digits"))
        batch_op.add_column(sa.Column("ndc", sa.TEXT(), nullable=True, comment="NDC"))
        batch_op.add_column(sa.Column("serial", sa.TEXT(), nullable=True, comment="serial number"))
        batch_op.add_column(
            sa.Column("bag", sa.TEXT(), nullable=True, comment="number of the bag it went into")
        )
        batch_op.add_column(
            sa.Column(
                "beyond_use", sa.TEXT(), nullable=True, comment="beyond-use date and time, UTC"
            )
        )
        batch_op.add_column(
            sa.Column("kept", sa.TEXT(), nullable=True, comment="cold, room, frozen")
        )
        batch_op.add_column(
            sa.Column("kept_at_c", sa.TEXT(), nullable=True, comment="degrees Celsius")
        )
        batch_op.add_column(
            sa.Column("kept_at_c_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("kept_at_c_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(sa.Column("out_minutes", sa.TEXT(), nullable=True, comment="minutes"))
        batch_op.add_column(
            sa.Column("out_minutes_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("out_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column("inspected", sa.TEXT(), nullable=True, comment="how it looked")
        )

    with op.batch_alter_table("screening_answer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "labs_day",
                sa.TEXT(),
                nullable=True,
                comment="day of the laboratory results that were read",
            )
        )
        batch_op.add_column(
            sa.Column("labs_words", sa.TEXT(), nullable=True, comment="what the results were")
        )

    with op.batch_alter_table("therapy_order", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("therapy", sa.TEXT(), nullable=True, comment="key of the therapies catalogue")
        )
        batch_op.add_column(
            sa.Column(
                "product", sa.TEXT(), nullable=True, comment="key of the product in the catalogue"
            )
        )
        batch_op.add_column(
            sa.Column("dosing_basis", sa.TEXT(), nullable=True, comment="flat, per_kg, per_m2")
        )
        batch_op.add_column(
            sa.Column(
                "dose_per_m2",
                sa.TEXT(),
                nullable=True,
                comment="in dose_unit, per m² of body surface",
            )
        )
        batch_op.add_column(sa.Column("dosing_height_cm", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("dosing_height_cm_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column(
                "dosing_height_cm_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"
            )
        )
        batch_op.add_column(sa.Column("surface_rounded", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "concentration_amount", sa.TEXT(), nullable=True, comment="in concentration_unit"
            )
        )
        batch_op.add_column(
            sa.Column(
                "concentration_unit", sa.TEXT(), nullable=True, comment="unit of the concentration"
            )
        )
        batch_op.add_column(
            sa.Column(
                "ladder", sa.TEXT(), nullable=True, comment="key of the ladder in the catalogue"
            )
        )
        batch_op.add_column(sa.Column("filter", sa.TEXT(), nullable=True, comment="filter"))
        batch_op.add_column(
            sa.Column("cycle_hours", sa.TEXT(), nullable=True, comment="h, ramps included")
        )
        batch_op.add_column(
            sa.Column("ramp_up_hours", sa.TEXT(), nullable=True, comment="h at half the rate")
        )
        batch_op.add_column(
            sa.Column("ramp_down_hours", sa.TEXT(), nullable=True, comment="h at half the rate")
        )
        batch_op.add_column(
            sa.Column("demand_dose", sa.TEXT(), nullable=True, comment="in dose_unit")
        )
        batch_op.add_column(
            sa.Column(
                "lockout_minutes", sa.TEXT(), nullable=True, comment="min between demand doses"
            )
        )
        batch_op.add_column(
            sa.Column("lockout_minutes_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column(
                "lockout_minutes_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"
            )
        )
        batch_op.add_column(
            sa.Column("basal_per_hour", sa.TEXT(), nullable=True, comment="in dose_unit per h")
        )
        batch_op.add_column(
            sa.Column("limit_1_hour", sa.TEXT(), nullable=True, comment="in dose_unit")
        )
        batch_op.add_column(
            sa.Column("limit_4_hours", sa.TEXT(), nullable=True, comment="in dose_unit")
        )
        batch_op.add_column(
            sa.Column("subcut_sites", sa.TEXT(), nullable=True, comment="sites used at once")
        )
        batch_op.add_column(sa.Column("every", sa.TEXT(), nullable=True, comment="in every_unit"))
        batch_op.add_column(
            sa.Column(
                "every_unit", sa.TEXT(), nullable=True, comment="hour, day, week, month, year"
            )
        )
        batch_op.add_column(
            sa.Column(
                "dose_number", sa.TEXT(), nullable=True, comment="number of this dose in its course"
            )
        )
        batch_op.add_column(
            sa.Column("doses_planned", sa.TEXT(), nullable=True, comment="doses of the course")
        )
        batch_op.add_column(
            sa.Column("course_days", sa.TEXT(), nullable=True, comment="days of the course")
        )
        batch_op.add_column(
            sa.Column(
                "last_dose_day",
                sa.TEXT(),
                nullable=True,
                comment="day of the last dose given elsewhere",
            )
        )
        batch_op.add_column(
            sa.Column(
                "flush_rate_ml_h", sa.TEXT(), nullable=True, comment="mL/h of the flush after"
            )
        )
        batch_op.add_column(
            sa.Column("flush_rate_ml_h_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column(
                "flush_rate_ml_h_unit", sa.TEXT(), nullable=True, comment="UCUM unit as typed"
            )
        )
        batch_op.add_column(
            sa.Column("goal", sa.TEXT(), nullable=True, comment="goal and expected outcome")
        )
        batch_op.add_column(
            sa.Column("safety_measures", sa.TEXT(), nullable=True, comment="safety measures")
        )

    with op.batch_alter_table("vital_signs", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("rhythm", sa.TEXT(), nullable=True, comment="regular or irregular")
        )
        batch_op.add_column(
            sa.Column(
                "counted_full_minute",
                sa.Boolean(),
                nullable=True,
                comment="counted for 60 s at the apex",
            )
        )
        batch_op.add_column(
            sa.Column("oxygen_percent", sa.TEXT(), nullable=True, comment="% inhaled")
        )
        batch_op.add_column(
            sa.Column("oxygen_percent_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("oxygen_percent_unit", sa.TEXT(), nullable=True, comment="UCUM")
        )
        batch_op.add_column(
            sa.Column(
                "no_figure", sa.TEXT(), nullable=True, comment="what stands instead of a figure"
            )
        )
        batch_op.add_column(
            sa.Column("pain_scale", sa.TEXT(), nullable=True, comment="by what the pain was told")
        )
        batch_op.add_column(
            sa.Column("pain_where", sa.TEXT(), nullable=True, comment="where it hurts")
        )
        batch_op.add_column(sa.Column("pain_how", sa.TEXT(), nullable=True, comment="how it hurts"))
        batch_op.add_column(
            sa.Column(
                "pain_accepted",
                sa.TEXT(),
                nullable=True,
                comment="0 to 10 that the patient accepts",
            )
        )
        batch_op.add_column(
            sa.Column("pain_accepted_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(
            sa.Column("pain_accepted_unit", sa.TEXT(), nullable=True, comment="UCUM")
        )
        batch_op.add_column(
            sa.Column("sedation", sa.TEXT(), nullable=True, comment="POSS: S, 1, 2, 3 or 4; a text")
        )
        batch_op.add_column(sa.Column("etco2", sa.TEXT(), nullable=True, comment="mmHg"))
        batch_op.add_column(
            sa.Column("etco2_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("etco2_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column(
                "stood", sa.TEXT(), nullable=True, comment="minutes since standing up: 1 or 3"
            )
        )
        batch_op.add_column(
            sa.Column(
                "circumstances", sa.TEXT(), nullable=True, comment="what went with the measuring"
            )
        )
        batch_op.add_column(sa.Column("height", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("height_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("height_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column("head", sa.TEXT(), nullable=True, comment="cm around the head")
        )
        batch_op.add_column(sa.Column("head_entered", sa.TEXT(), nullable=True, comment="as typed"))
        batch_op.add_column(sa.Column("head_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(sa.Column("girth", sa.TEXT(), nullable=True, comment="cm"))
        batch_op.add_column(
            sa.Column("girth_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("girth_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column("girth_of", sa.TEXT(), nullable=True, comment="what the girth was taken of")
        )
        batch_op.add_column(sa.Column("urine", sa.TEXT(), nullable=True, comment="mL in 24 h"))
        batch_op.add_column(
            sa.Column("urine_entered", sa.TEXT(), nullable=True, comment="as typed")
        )
        batch_op.add_column(sa.Column("urine_unit", sa.TEXT(), nullable=True, comment="UCUM"))
        batch_op.add_column(
            sa.Column(
                "confirmed", sa.TEXT(), nullable=True, comment="signs measured again that stand"
            )
        )

    # ### end Alembic commands ###
    run_each(op.get_bind(), TRIGGERS)
