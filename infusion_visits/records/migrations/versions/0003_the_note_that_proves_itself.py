"""the note that proves itself."""

# ruff: noqa: E501 - the trigger text is made by the revision command
from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from infusion_visits.records.migrations.steps import drop_triggers, run_each

revision = "0003"
down_revision = "0002"
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
CREATE TRIGGER "freeze_hand_over_update" BEFORE UPDATE ON "hand_over"
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
END
""",
    """
CREATE TRIGGER "freeze_hand_over_delete" BEFORE DELETE ON "hand_over"
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
END
""",
    """
CREATE TRIGGER "freeze_hand_over_insert" BEFORE INSERT ON "hand_over"
WHEN EXISTS (SELECT 1 FROM "hand_over" AS other WHERE other."visit_id" = NEW."visit_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "hand_over" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
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
CREATE TRIGGER "freeze_member_certificate_update" BEFORE UPDATE ON "member_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
END
""",
    """
CREATE TRIGGER "freeze_member_certificate_delete" BEFORE DELETE ON "member_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
END
""",
    """
CREATE TRIGGER "freeze_member_certificate_insert" BEFORE INSERT ON "member_certificate"
WHEN EXISTS (SELECT 1 FROM "member_certificate" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "member_certificate" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
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
CREATE TRIGGER "freeze_received_file_update" BEFORE UPDATE ON "received_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
END
""",
    """
CREATE TRIGGER "freeze_received_file_delete" BEFORE DELETE ON "received_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
END
""",
    """
CREATE TRIGGER "freeze_received_file_insert" BEFORE INSERT ON "received_file"
WHEN EXISTS (SELECT 1 FROM "received_file" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "received_file" AS other WHERE other."sha256" = NEW."sha256")
  OR EXISTS (SELECT 1 FROM "received_file" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
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
CREATE TRIGGER "freeze_revoked_certificate_update" BEFORE UPDATE ON "revoked_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
END
""",
    """
CREATE TRIGGER "freeze_revoked_certificate_delete" BEFORE DELETE ON "revoked_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
END
""",
    """
CREATE TRIGGER "freeze_revoked_certificate_insert" BEFORE INSERT ON "revoked_certificate"
WHEN EXISTS (SELECT 1 FROM "revoked_certificate" AS other WHERE other."sha256" = NEW."sha256" AND other."revoked_at" = NEW."revoked_at")
  OR EXISTS (SELECT 1 FROM "revoked_certificate" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
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
        "received_file",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("id", sa.BLOB(), nullable=False),
        sa.Column("visit_id", sa.BLOB(), nullable=True),
        sa.Column("sha256", sa.TEXT(), nullable=False),
        sa.Column("digest", sa.TEXT(), nullable=True, comment="of the signed record inside"),
        sa.Column("file_name", sa.TEXT(), nullable=False),
        sa.Column("file", sa.BLOB(), nullable=False),
        sa.Column("verdict", sa.TEXT(), nullable=False),
        sa.Column("received_at", sa.TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sha256"),
    )
    with op.batch_alter_table("received_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_received_file_visit_id"), ["visit_id"], unique=False)

    op.create_table(
        "revoked_certificate",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("sha256", sa.TEXT(), nullable=False),
        sa.Column("agency_id", sa.BLOB(), nullable=False),
        sa.Column("revoked_at", sa.TEXT(), nullable=False),
        sa.Column("reason", sa.TEXT(), nullable=True, comment="why: left the agency, laptop lost"),
        sa.PrimaryKeyConstraint("sha256", "revoked_at"),
    )
    op.create_table(
        "trusted_agency",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("agency_id", sa.BLOB(), nullable=False),
        sa.Column("name", sa.TEXT(), nullable=False),
        sa.Column("telephone", sa.TEXT(), nullable=True, comment="how the agency is reached"),
        sa.Column("certificate", sa.BLOB(), nullable=False),
        sa.Column("sha256", sa.TEXT(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("packet", sa.BLOB(), nullable=True),
        sa.Column("pinned_at", sa.TEXT(), nullable=False),
        sa.PrimaryKeyConstraint("agency_id"),
    )
    op.create_table(
        "agency_authority",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("agency_id", sa.BLOB(), nullable=False),
        sa.Column("certificate", sa.BLOB(), nullable=False),
        sa.Column("wrapped", sa.BLOB(), nullable=False),
        sa.Column("holder_id", sa.BLOB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["holder_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("agency_id"),
    )
    op.create_table(
        "member_certificate",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("id", sa.BLOB(), nullable=False),
        sa.Column("member_id", sa.BLOB(), nullable=False),
        sa.Column("certificate", sa.BLOB(), nullable=False),
        sa.Column("sha256", sa.TEXT(), nullable=False),
        sa.Column("issued_at", sa.TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("member_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_member_certificate_member_id"), ["member_id"], unique=False
        )

    op.create_table(
        "hand_over",
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
        sa.Column("way", sa.TEXT(), nullable=False),
        sa.Column("file_seq", sa.Integer(), nullable=True, comment="which of the finished files"),
        sa.Column("file_sha256", sa.TEXT(), nullable=False),
        sa.Column("at", sa.TEXT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    op.create_table(
        "review_draft",
        sa.Column("created_at", sa.TEXT(), nullable=False),
        sa.Column("created_by", sa.BLOB(), nullable=False),
        sa.Column("updated_at", sa.TEXT(), nullable=False),
        sa.Column("updated_by", sa.BLOB(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("struck_at", sa.TEXT(), nullable=True),
        sa.Column("struck_by", sa.BLOB(), nullable=True),
        sa.Column("struck_reason", sa.TEXT(), nullable=True),
        sa.Column("visit_id", sa.BLOB(), nullable=False),
        sa.Column(
            "state", sa.TEXT(), nullable=True, comment="approved or returned; empty after an undo"
        ),
        sa.Column("words", sa.TEXT(), nullable=True, comment="said with it"),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
        ),
        sa.PrimaryKeyConstraint("visit_id"),
    )
    op.create_table(
        "question_draft",
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
            "cell",
            sa.TEXT(),
            nullable=True,
            comment="the field, as a path; empty for the note as a whole",
        ),
        sa.Column("label", sa.TEXT(), nullable=True, comment="what the field is called"),
        sa.Column("words", sa.TEXT(), nullable=True, comment="the question"),
        sa.Column("withdrawn", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["review_draft.visit_id"],
        ),
        sa.PrimaryKeyConstraint("visit_id", "seq"),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "label",
                sa.TEXT(),
                nullable=True,
                comment="the field as the coordinator saw it called",
            )
        )

    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("envelope", sa.BLOB(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "sha256", sa.TEXT(), nullable=True, comment="of the signed bytes of the answer"
            )
        )
        batch_op.add_column(sa.Column("certificate", sa.BLOB(), nullable=True))

    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("told", sa.TEXT(), nullable=True, comment="who was told that it was missed")
        )

    # ### end Alembic commands ###
    run_each(op.get_bind(), TRIGGERS)
