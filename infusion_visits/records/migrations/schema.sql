-- The whole schema at the newest version. Made by the revision command; never by hand.

CREATE TABLE access_device (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT,
    side TEXT,
    site TEXT,
    vein TEXT,
    inserted_on TEXT,
    inserted_precision TEXT,
    inserted_at_facility TEXT,
    inserted_by TEXT,
    placed_here BOOLEAN,
    inserted_at TEXT,
    insertion_antiseptic TEXT,
    attempts TEXT,
    ultrasound BOOLEAN,
    insertion_tolerated TEXT,
    gauge TEXT,
    gauge_entered TEXT,
    gauge_unit TEXT,
    french TEXT,
    french_entered TEXT,
    french_unit TEXT,
    catheter_length_cm TEXT,
    catheter_length_cm_entered TEXT,
    catheter_length_cm_unit TEXT,
    trimmed_length_cm TEXT,
    trimmed_length_cm_entered TEXT,
    trimmed_length_cm_unit TEXT,
    inserted_length_cm TEXT,
    inserted_length_cm_entered TEXT,
    inserted_length_cm_unit TEXT,
    external_length_cm TEXT,
    external_length_cm_entered TEXT,
    external_length_cm_unit TEXT,
    arm_circumference_cm TEXT,
    arm_circumference_cm_entered TEXT,
    arm_circumference_cm_unit TEXT,
    arm_measured_above_cm TEXT,
    arm_measured_above_cm_entered TEXT,
    arm_measured_above_cm_unit TEXT,
    measured_on TEXT,
    tip TEXT,
    tip_method TEXT,
    tip_confirmed_on TEXT,
    catheter_end TEXT,
    cuffed BOOLEAN,
    power_injectable BOOLEAN,
    power_limit TEXT,
    brand TEXT,
    lot TEXT,
    expires TEXT,
    securement TEXT,
    sutures_out_on TEXT,
    dressing_type TEXT,
    needle_gauge TEXT,
    needle_gauge_entered TEXT,
    needle_gauge_unit TEXT,
    needle_length_cm TEXT,
    needle_length_cm_entered TEXT,
    needle_length_cm_unit TEXT,
    needle_non_coring BOOLEAN,
    accessed_at TEXT,
    comment TEXT,
    removed_at TEXT,
    removed_by TEXT,
    removal_reason TEXT,
    removal_order TEXT,
    removed_length_cm TEXT,
    removed_length_cm_entered TEXT,
    removed_length_cm_unit TEXT,
    tip_intact BOOLEAN,
    pressure_minutes TEXT,
    pressure_minutes_entered TEXT,
    pressure_minutes_unit TEXT,
    removal_site TEXT,
    removal_dressing TEXT,
    removal_tolerated TEXT,
    culture_sent BOOLEAN, site_count TEXT, insertion_dry_seconds TEXT, attempts_one_nurse TEXT, dwell_limit_days TEXT, dwell_limit_days_entered TEXT, dwell_limit_days_unit TEXT, removal_position TEXT, removal_breath TEXT, anticoagulated BOOLEAN, removal_ointment BOOLEAN, flat_minutes TEXT, flat_minutes_entered TEXT, flat_minutes_unit TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE addendum (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    envelope BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE agency (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    telephone TEXT,
    zone TEXT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE agency_authority (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	agency_id BLOB NOT NULL, 
	certificate BLOB NOT NULL, 
	wrapped BLOB NOT NULL, 
	holder_id BLOB NOT NULL, 
	PRIMARY KEY (agency_id), 
	FOREIGN KEY(holder_id) REFERENCES member (id)
);

CREATE TABLE allergy (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    substance TEXT,
    reaction TEXT,
    severity TEXT,
    kind TEXT,
    risk TEXT,
    status TEXT,
    code TEXT,
    system TEXT,
    source TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE arrival (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    time_in TEXT,
    identifiers TEXT,
    identified_at TEXT,
    place TEXT,
    place_note TEXT,
    present TEXT,
    consent TEXT,
    consent_by TEXT,
    consent_name TEXT,
    rights BOOLEAN,
    emergency_contact BOOLEAN,
    allergies_review TEXT,
    allergies_note TEXT,
    medicines_review TEXT,
    medicines_note TEXT,
    hand_hygiene BOOLEAN,
    note TEXT,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE assessment (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	at TEXT, 
	neuro TEXT, 
	neuro_signs TEXT, 
	neuro_words TEXT, 
	cardiovascular TEXT, 
	heart_signs TEXT, 
	edema TEXT, 
	edema_where TEXT, 
	cardiovascular_words TEXT, 
	respiratory TEXT, 
	lung_sounds TEXT, 
	lung_where TEXT, 
	breathing TEXT, 
	respiratory_words TEXT, 
	gastrointestinal TEXT, 
	bowel_signs TEXT, 
	last_stool TEXT, 
	gastrointestinal_words TEXT, 
	urinary TEXT, 
	urine_signs TEXT, 
	urinary_words TEXT, 
	skin TEXT, 
	skin_signs TEXT, 
	skin_words TEXT, 
	movement TEXT, 
	movement_signs TEXT, 
	movement_words TEXT, 
	mood TEXT, 
	mood_signs TEXT, 
	mood_words TEXT, 
	endocrine TEXT, 
	glucose_signs TEXT, 
	glucose_range TEXT, 
	endocrine_words TEXT, 
	limits TEXT, 
	diet TEXT, 
	response TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE audit_event (
    n INTEGER NOT NULL,
    at TEXT NOT NULL,
    zone TEXT NOT NULL,
    member BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    "row" TEXT NOT NULL,
    changes TEXT NOT NULL,
    previous TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (n)
);

CREATE TABLE catalogue_override (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	id BLOB NOT NULL, 
	name TEXT NOT NULL, 
	text TEXT, 
	digest TEXT NOT NULL, 
	loaded_at TEXT NOT NULL, 
	member_id BLOB NOT NULL, 
	withdraws BLOB, 
	PRIMARY KEY (id), 
	FOREIGN KEY(member_id) REFERENCES member (id)
);

CREATE TABLE clock_change (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	what TEXT, 
	at TEXT, 
	seconds INTEGER, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE communication (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	direction TEXT, 
	role TEXT, 
	who TEXT, 
	organisation TEXT, 
	telephone TEXT, 
	reached TEXT, 
	reason TEXT, 
	said TEXT, 
	answer TEXT, 
	order_received BOOLEAN, 
	read_back BOOLEAN, 
	called_back_at TEXT, 
	follow_up TEXT, 
	complication_id BLOB, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(complication_id) REFERENCES complication (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE complication (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    id BLOB NOT NULL,
    what TEXT,
    other_words TEXT,
    noticed_at TEXT,
    during TEXT,
    device_id BLOB,
    lumen TEXT,
    drug TEXT,
    onset_ml TEXT,
    onset_ml_entered TEXT,
    onset_ml_unit TEXT,
    onset_rate TEXT,
    onset_rate_entered TEXT,
    onset_rate_unit TEXT,
    size_length_cm TEXT,
    size_length_cm_entered TEXT,
    size_length_cm_unit TEXT,
    size_width_cm TEXT,
    size_width_cm_entered TEXT,
    size_width_cm_unit TEXT,
    tissue_ml TEXT,
    tissue_ml_entered TEXT,
    tissue_ml_unit TEXT,
    photographed BOOLEAN,
    further TEXT,
    condition_at_departure TEXT,
    report_number TEXT, visit_id BLOB, segment TEXT, device_status TEXT, photo_ids TEXT, osmolarity_ph TEXT, capillary_refill TEXT, pulses TEXT, sensation TEXT, antidote TEXT, line_detail TEXT, attempts TEXT, needle TEXT, skin_area TEXT, anticoagulant TEXT, culture TEXT, length_cm TEXT, length_cm_entered TEXT, length_cm_unit TEXT, arm_cm TEXT, arm_cm_entered TEXT, arm_cm_unit TEXT, other_arm_cm TEXT, other_arm_cm_entered TEXT, other_arm_cm_unit TEXT, hours_since TEXT, product TEXT, cause TEXT, last_access TEXT, volume TEXT, against_order TEXT, dose_day TEXT, rhythm TEXT, glucose_course TEXT, pump_detail TEXT, surface TEXT, allergy_recorded BOOLEAN,
    PRIMARY KEY (id),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE complication_step (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    visit_id BLOB,
    complication_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    happened_at TEXT,
    kind TEXT,
    words TEXT,
    scale TEXT,
    grade TEXT,
    told_role TEXT,
    told_name TEXT,
    told_how TEXT,
    reached TEXT,
    answer TEXT,
    order_received TEXT,
    read_back BOOLEAN,
    outcome TEXT,
    follow_up TEXT, signs TEXT, measured_cm TEXT, measured_cm_entered TEXT, measured_cm_unit TEXT, skipped TEXT, done_by TEXT,
    PRIMARY KEY (complication_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(complication_id) REFERENCES complication (id)
);

CREATE TABLE condition (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    words TEXT,
    code TEXT,
    system TEXT,
    since TEXT,
    status TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE contact (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    name TEXT,
    relation TEXT,
    telephone TEXT,
    may_be_told BOOLEAN,
    emergency BOOLEAN,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE departure (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    time_out TEXT,
    condition TEXT,
    condition_note TEXT,
    tolerance TEXT,
    tolerance_note TEXT,
    vitals_stable BOOLEAN,
    access TEXT,
    observed BOOLEAN,
    driver TEXT,
    knows_number BOOLEAN,
    "plan" TEXT,
    next_visit TEXT,
    supplies_left TEXT,
    miles TEXT,
    miles_entered TEXT,
    miles_unit TEXT,
    note TEXT,
    nurse_ink TEXT,
    patient_ink TEXT,
    patient_signer TEXT,
    no_patient_ink TEXT,
    no_patient_ink_note TEXT, outcome TEXT, outcome_words TEXT,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE device_care (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    device_id BLOB,
    done_at TEXT,
    what TEXT,
    antiseptic TEXT,
    needle_gauge TEXT,
    needle_gauge_entered TEXT,
    needle_gauge_unit TEXT,
    needle_length_cm TEXT,
    needle_length_cm_entered TEXT,
    needle_length_cm_unit TEXT,
    non_coring BOOLEAN,
    dressing_type TEXT,
    set_type TEXT,
    saline_ml TEXT,
    saline_ml_entered TEXT,
    saline_ml_unit TEXT,
    lock_agent TEXT,
    lock_units_per_ml TEXT,
    lock_units_per_ml_entered TEXT,
    lock_units_per_ml_unit TEXT,
    lock_ml TEXT,
    lock_ml_entered TEXT,
    lock_ml_unit TEXT,
    tolerated TEXT,
    details TEXT, lumen TEXT, why TEXT, dry_seconds TEXT, technique TEXT, needle_lot TEXT, blood_return TEXT, purpose TEXT, flush_agent TEXT, agent TEXT, agent_mg TEXT, agent_mg_entered TEXT, agent_mg_unit TEXT, agent_ml TEXT, agent_ml_entered TEXT, agent_ml_unit TEXT, agent_lot TEXT, contraindications TEXT, ordered_by TEXT, aspirated_ml TEXT, aspirated_ml_entered TEXT, aspirated_ml_unit TEXT, outcome TEXT,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE device_check (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    device_id BLOB NOT NULL,
    checked_at TEXT,
    accessed BOOLEAN,
    site TEXT,
    signs TEXT,
    redness_cm TEXT,
    redness_cm_entered TEXT,
    redness_cm_unit TEXT,
    swelling_cm TEXT,
    swelling_cm_entered TEXT,
    swelling_cm_unit TEXT,
    cord_cm TEXT,
    cord_cm_entered TEXT,
    cord_cm_unit TEXT,
    drainage TEXT,
    infusate TEXT,
    phlebitis_ins TEXT,
    phlebitis_vip TEXT,
    infiltration_ins TEXT,
    dressing_state TEXT,
    dressing_type TEXT,
    dressing_dated TEXT,
    securement_state TEXT,
    external_length_cm TEXT,
    external_length_cm_entered TEXT,
    external_length_cm_unit TEXT,
    arm_circumference_cm TEXT,
    arm_circumference_cm_entered TEXT,
    arm_circumference_cm_unit TEXT,
    integrity TEXT,
    skin TEXT,
    pocket TEXT,
    symptoms TEXT,
    need TEXT,
    need_reason TEXT,
    left_as TEXT,
    details TEXT,
    response TEXT, swelling_degree TEXT, refill TEXT, limb_cm TEXT, limb_cm_entered TEXT, limb_cm_unit TEXT, extravasation TEXT, arm_measured_above_cm TEXT, arm_measured_above_cm_entered TEXT, arm_measured_above_cm_unit TEXT, other_arm_cm TEXT, other_arm_cm_entered TEXT, other_arm_cm_unit TEXT, skin_product TEXT,
    PRIMARY KEY (visit_id, device_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE draft_text (
    owner_kind TEXT NOT NULL,
    owner BLOB NOT NULL,
    cell TEXT NOT NULL,
    text TEXT NOT NULL,
    typed_at TEXT NOT NULL,
    PRIMARY KEY (owner_kind, owner, cell)
);

CREATE TABLE fall_screen (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	screened_at TEXT, 
	age_65 BOOLEAN, 
	diagnoses_3 BOOLEAN, 
	fell_3_months BOOLEAN, 
	incontinent BOOLEAN, 
	sight_impaired BOOLEAN, 
	mobility_impaired BOOLEAN, 
	home_hazards BOOLEAN, 
	medicines_4 BOOLEAN, 
	pain_limits BOOLEAN, 
	cognition_impaired BOOLEAN, 
	"plan" TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE hand_over (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	way TEXT NOT NULL, 
	file_seq INTEGER, 
	file_sha256 TEXT NOT NULL, 
	at TEXT NOT NULL, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE height (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    height_cm TEXT,
    height_cm_entered TEXT,
    height_cm_unit TEXT,
    day TEXT,
    source TEXT,
    as_received TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE home_assessment (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    method TEXT,
    at TEXT,
    earlier_day TEXT,
    earlier_outcome TEXT,
    needs TEXT,
    referred TEXT,
    agreed_prescriber TEXT,
    agreed_manager TEXT,
    agreed_at TEXT,
    agreed_reason TEXT,
    note TEXT, changed TEXT,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE home_finding (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    answer TEXT,
    extent TEXT,
    temperature TEXT,
    temperature_entered TEXT,
    temperature_unit TEXT,
    score TEXT,
    score_entered TEXT,
    score_unit TEXT,
    minutes TEXT,
    minutes_entered TEXT,
    minutes_unit TEXT,
    note TEXT,
    "plan" TEXT,
    owner TEXT,
    due_day TEXT,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE home_medicine (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    words TEXT,
    dose TEXT,
    route TEXT,
    frequency TEXT,
    reason TEXT,
    since TEXT,
    status TEXT,
    code TEXT,
    system TEXT, over_the_counter BOOLEAN,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE imported_row (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    source TEXT NOT NULL,
    row_group TEXT NOT NULL,
    row_seq INTEGER,
    received TEXT NOT NULL,
    PRIMARY KEY (patient_id, source),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE infusion (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    order_id BLOB,
    device_id BLOB,
    lumen TEXT,
    method TEXT,
    pump TEXT,
    filter TEXT,
    prepared_ml TEXT,
    prepared_ml_entered TEXT,
    prepared_ml_unit TEXT,
    second_check TEXT,
    second_checker TEXT,
    dose_given TEXT,
    dose_given_unit TEXT,
    difference_reason TEXT,
    wasted_ml TEXT,
    wasted_ml_entered TEXT,
    wasted_ml_unit TEXT,
    waste_witness TEXT,
    flush_ml TEXT,
    flush_ml_entered TEXT,
    flush_ml_unit TEXT,
    flush_solution TEXT,
    tolerated TEXT,
    tolerated_words TEXT, pump_due TEXT, drop_factor TEXT, first_bag_ml TEXT, first_bag_ml_entered TEXT, first_bag_ml_unit TEXT, priming_ml TEXT, priming_ml_entered TEXT, priming_ml_unit TEXT, second_checked_at TEXT, compared TEXT, first_dose_ready TEXT, waste_method TEXT, returned TEXT, empty_bags TEXT,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(order_id) REFERENCES therapy_order (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE infusion_event (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    infusion_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT,
    kind TEXT,
    rate TEXT,
    rate_entered TEXT,
    rate_unit TEXT,
    why TEXT,
    reading_ml TEXT,
    reading_ml_entered TEXT,
    reading_ml_unit TEXT, volume_ml TEXT, volume_ml_entered TEXT, volume_ml_unit TEXT, remaining_ml TEXT, remaining_ml_entered TEXT, remaining_ml_unit TEXT, ladder TEXT,
    PRIMARY KEY (visit_id, infusion_seq, seq),
    FOREIGN KEY(visit_id, infusion_seq) REFERENCES infusion (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE infusion_site (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	infusion_seq INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	side TEXT, 
	place TEXT, 
	needle_gauge TEXT, 
	needle_gauge_entered TEXT, 
	needle_gauge_unit TEXT, 
	needle_mm TEXT, 
	apart_cm TEXT, 
	apart_cm_entered TEXT, 
	apart_cm_unit TEXT, 
	no_blood BOOLEAN, 
	volume_ml TEXT, 
	volume_ml_entered TEXT, 
	volume_ml_unit TEXT, 
	looks TEXT, 
	PRIMARY KEY (visit_id, infusion_seq, seq), 
	FOREIGN KEY(visit_id, infusion_seq) REFERENCES infusion (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE kit_check (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	checked_at TEXT, 
	state TEXT, 
	seal_number TEXT, 
	first_expiry TEXT, 
	order_there BOOLEAN, 
	why_not TEXT, 
	new_seal TEXT, 
	done TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE kit_item (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	item TEXT, 
	state TEXT, 
	expiry TEXT, 
	exchange TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE lab_draw (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	source TEXT, 
	site TEXT, 
	attempts TEXT, 
	device_id BLOB, 
	lumen TEXT, 
	stopped_minutes TEXT, 
	stopped_minutes_entered TEXT, 
	stopped_minutes_unit TEXT, 
	discard_ml TEXT, 
	discard_ml_entered TEXT, 
	discard_ml_unit TEXT, 
	flush_ml TEXT, 
	flush_ml_entered TEXT, 
	flush_ml_unit TEXT, 
	labelled BOOLEAN, 
	tolerated TEXT, 
	tolerated_words TEXT, 
	transport TEXT, 
	transport_c TEXT, 
	transport_c_entered TEXT, 
	transport_c_unit TEXT, 
	laboratory TEXT, 
	requisition TEXT, 
	handed_to TEXT, 
	handed_at TEXT, 
	note TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(device_id) REFERENCES access_device (id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE lab_result (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	test TEXT, 
	value TEXT, 
	unit TEXT, 
	sampled TEXT, 
	judged TEXT, 
	told_to TEXT, 
	told_at TEXT, 
	read_back BOOLEAN, 
	answer TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE lab_tube (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	lab_draw_seq INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	tube TEXT, 
	tests TEXT, 
	count TEXT, 
	level TEXT, 
	level_drug TEXT, 
	dose_at TEXT, 
	PRIMARY KEY (visit_id, lab_draw_seq, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE line_order (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	patient_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	line TEXT, 
	dressing_days TEXT, 
	dressing_days_entered TEXT, 
	dressing_days_unit TEXT, 
	dressing TEXT, 
	antiseptic TEXT, 
	securement TEXT, 
	access_technique TEXT, 
	flush_solution TEXT, 
	flush_before_ml TEXT, 
	flush_before_ml_entered TEXT, 
	flush_before_ml_unit TEXT, 
	flush_after_ml TEXT, 
	flush_after_ml_entered TEXT, 
	flush_after_ml_unit TEXT, 
	flush_every TEXT, 
	flush_every_unit TEXT, 
	lock TEXT, 
	lock_units_per_ml TEXT, 
	lock_units_per_ml_entered TEXT, 
	lock_units_per_ml_unit TEXT, 
	lock_ml TEXT, 
	lock_ml_entered TEXT, 
	lock_ml_unit TEXT, 
	words TEXT, 
	prescriber TEXT, 
	ordered_day TEXT, 
	ends TEXT, 
	PRIMARY KEY (patient_id, seq), 
	FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE lumen (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    device_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    label TEXT,
    use TEXT,
    dedicated_drug TEXT, volume_ml TEXT, volume_ml_entered TEXT, volume_ml_unit TEXT,
    PRIMARY KEY (patient_id, device_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE lumen_check (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    device_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    flush TEXT,
    blood_return_before TEXT,
    blood_return_after TEXT,
    blood_return_reason TEXT,
    saline_ml TEXT,
    saline_ml_entered TEXT,
    saline_ml_unit TEXT,
    lock_agent TEXT,
    lock_units_per_ml TEXT,
    lock_units_per_ml_entered TEXT,
    lock_units_per_ml_unit TEXT,
    lock_ml TEXT,
    lock_ml_entered TEXT,
    lock_ml_unit TEXT,
    connector_changed BOOLEAN,
    disinfecting_cap BOOLEAN, occlusion_cause TEXT, flush_agent TEXT, connector_why TEXT, left_as TEXT,
    PRIMARY KEY (visit_id, device_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id),
    FOREIGN KEY(device_id) REFERENCES access_device (id)
);

CREATE TABLE medicine_given (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT,
    medicine TEXT,
    dose TEXT,
    dose_unit TEXT,
    route TEXT,
    why TEXT,
    reason TEXT,
    given_by TEXT,
    lot TEXT,
    expiry TEXT,
    response TEXT, site TEXT, kit BOOLEAN,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE member (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    credential TEXT NOT NULL,
    role TEXT NOT NULL,
    left_at TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE member_certificate (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	id BLOB NOT NULL, 
	member_id BLOB NOT NULL, 
	certificate BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	issued_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(member_id) REFERENCES member (id)
);

CREATE TABLE member_secret (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    member_id BLOB NOT NULL,
    wrapped BLOB NOT NULL,
    public_key BLOB NOT NULL,
    PRIMARY KEY (member_id),
    FOREIGN KEY(member_id) REFERENCES member (id)
);

CREATE TABLE missed_set (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	due TEXT, 
	reason TEXT, 
	words TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE new_home_medicine (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	medicine TEXT, 
	dose TEXT, 
	route TEXT, 
	frequency TEXT, 
	reason TEXT, 
	since TEXT, 
	over_the_counter BOOLEAN, 
	prescriber TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE not_done (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    section TEXT NOT NULL,
    "row" TEXT NOT NULL,
    field TEXT NOT NULL,
    reason TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (visit_id, section, "row", field),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE note_file (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    layout INTEGER NOT NULL,
    file BLOB NOT NULL,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE override (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    finding TEXT NOT NULL,
    words TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE past_measurement (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    what TEXT,
    code TEXT,
    value TEXT,
    second_value TEXT,
    unit TEXT,
    at TEXT,
    at_precision TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE patient (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    family TEXT,
    given TEXT,
    suffix TEXT,
    preferred_name TEXT,
    other_names TEXT,
    birth_day TEXT,
    birth_precision TEXT,
    sex TEXT,
    zone TEXT,
    telephone TEXT,
    other_telephone TEXT,
    email TEXT,
    address TEXT,
    language TEXT,
    interpreter BOOLEAN,
    allergy_state TEXT,
    allergy_note TEXT,
    notes TEXT,
    status TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE patient_identifier (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    system TEXT,
    value TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE plan_of_care (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	patient_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	starts TEXT, 
	ends TEXT, 
	physician TEXT, 
	signed_day TEXT, 
	reviewed_day TEXT, 
	need TEXT, 
	visits_from TEXT, 
	visits_to TEXT, 
	per TEXT, 
	per_unit TEXT, 
	duration TEXT, 
	duration_unit TEXT, 
	as_needed TEXT, 
	goals TEXT, 
	diet TEXT, 
	functional_limits TEXT, 
	safety TEXT, 
	safety_words TEXT, 
	code_status TEXT, 
	directive_place TEXT, 
	discharge_plan TEXT, 
	PRIMARY KEY (patient_id, seq), 
	FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE precaution (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT,
    limb TEXT,
    what TEXT,
    why TEXT,
    until TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE premedication (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    therapy_order_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    medicine TEXT,
    dose TEXT,
    route TEXT,
    minutes_before TEXT,
    minutes_before_entered TEXT,
    minutes_before_unit TEXT,
    PRIMARY KEY (patient_id, therapy_order_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(therapy_order_id) REFERENCES therapy_order (id)
);

CREATE TABLE product_lot (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    infusion_seq INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    product TEXT,
    lot TEXT,
    expiry TEXT,
    amount TEXT,
    amount_unit TEXT, gtin TEXT, ndc TEXT, serial TEXT, bag TEXT, beyond_use TEXT, kept TEXT, kept_at_c TEXT, kept_at_c_entered TEXT, kept_at_c_unit TEXT, out_minutes TEXT, out_minutes_entered TEXT, out_minutes_unit TEXT, inspected TEXT,
    PRIMARY KEY (visit_id, infusion_seq, seq),
    FOREIGN KEY(visit_id, infusion_seq) REFERENCES infusion (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE pump_programme (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	infusion_seq INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	mode TEXT, 
	changed TEXT, 
	concentration TEXT, 
	basal TEXT, 
	basal_unit TEXT, 
	demand TEXT, 
	demand_unit TEXT, 
	lockout_minutes TEXT, 
	lockout_minutes_entered TEXT, 
	lockout_minutes_unit TEXT, 
	"limit" TEXT, 
	limit_unit TEXT, 
	limit_hours TEXT, 
	ordered_by TEXT, 
	read_back_with TEXT, 
	PRIMARY KEY (visit_id, infusion_seq, seq), 
	FOREIGN KEY(visit_id, infusion_seq) REFERENCES infusion (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE pump_reading (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	infusion_seq INTEGER NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	demands TEXT, 
	delivered TEXT, 
	given_ml TEXT, 
	given_ml_entered TEXT, 
	given_ml_unit TEXT, 
	remaining_ml TEXT, 
	remaining_ml_entered TEXT, 
	remaining_ml_unit TEXT, 
	cleared BOOLEAN, 
	alarms TEXT, 
	PRIMARY KEY (visit_id, infusion_seq, seq), 
	FOREIGN KEY(visit_id, infusion_seq) REFERENCES infusion (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE question (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    review_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    cell TEXT NOT NULL,
    words TEXT NOT NULL, label TEXT,
    PRIMARY KEY (review_id, seq),
    FOREIGN KEY(review_id) REFERENCES review (id)
);

CREATE TABLE question_draft (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	cell TEXT, 
	label TEXT, 
	words TEXT, 
	withdrawn BOOLEAN, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES review_draft (visit_id)
);

CREATE TABLE rate_step (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    therapy_order_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    rate TEXT,
    rate_unit TEXT,
    minutes TEXT,
    minutes_entered TEXT,
    minutes_unit TEXT,
    until_complete BOOLEAN,
    PRIMARY KEY (patient_id, therapy_order_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(therapy_order_id) REFERENCES therapy_order (id)
);

CREATE TABLE received_file (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	id BLOB NOT NULL, 
	visit_id BLOB, 
	sha256 TEXT NOT NULL, 
	digest TEXT, 
	file_name TEXT NOT NULL, 
	file BLOB NOT NULL, 
	verdict TEXT NOT NULL, 
	received_at TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sha256)
);

CREATE TABLE reconciled_medicine (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	medicine TEXT, 
	answer TEXT, 
	dose TEXT, 
	route TEXT, 
	frequency TEXT, 
	reason TEXT, 
	words TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE reconciliation (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	reconciled_at TEXT, 
	sources TEXT, 
	told TEXT, 
	note TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE review (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    state TEXT NOT NULL,
    words TEXT NOT NULL, envelope BLOB, sha256 TEXT, certificate BLOB,
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE review_draft (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	state TEXT, 
	words TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE revoked_certificate (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	sha256 TEXT NOT NULL, 
	agency_id BLOB NOT NULL, 
	revoked_at TEXT NOT NULL, 
	reason TEXT, 
	PRIMARY KEY (sha256, revoked_at)
);

CREATE TABLE safe_work (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	protection TEXT, 
	sharps TEXT, 
	hazardous_removed BOOLEAN, 
	odometer_start TEXT, 
	odometer_end TEXT, 
	miles TEXT, 
	miles_entered TEXT, 
	miles_unit TEXT, 
	travel_minutes TEXT, 
	travel_minutes_entered TEXT, 
	travel_minutes_unit TEXT, 
	PRIMARY KEY (visit_id), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE screening_answer (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    at TEXT,
    infection BOOLEAN,
    infection_note TEXT,
    antibiotics BOOLEAN,
    antibiotics_note TEXT,
    new_medicines BOOLEAN,
    new_medicines_note TEXT,
    reaction_last_dose BOOLEAN,
    reaction_last_dose_note TEXT,
    pregnancy BOOLEAN,
    pregnancy_note TEXT,
    procedure BOOLEAN,
    procedure_note TEXT,
    live_vaccine BOOLEAN,
    live_vaccine_note TEXT,
    falls_bleeding BOOLEAN,
    falls_bleeding_note TEXT,
    chest_symptoms BOOLEAN,
    chest_symptoms_note TEXT,
    neurological BOOLEAN,
    neurological_note TEXT,
    fluid_loss BOOLEAN,
    fluid_loss_note TEXT,
    weight_change BOOLEAN,
    weight_change_note TEXT,
    fasting BOOLEAN,
    fasting_note TEXT,
    glucose BOOLEAN,
    glucose_note TEXT,
    labs_missing BOOLEAN,
    labs_missing_note TEXT,
    premedication_missing BOOLEAN,
    premedication_missing_note TEXT,
    drug_defect BOOLEAN,
    drug_defect_note TEXT,
    response TEXT, labs_day TEXT, labs_words TEXT,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE setting (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE signature (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    visit_id BLOB NOT NULL,
    target TEXT NOT NULL,
    signer_id BLOB NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL,
    signed_at TEXT NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE supply_use (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	what TEXT, 
	item TEXT, 
	quantity TEXT, 
	lot TEXT, 
	expiry TEXT, 
	taken_from TEXT, 
	note TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE task (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    id BLOB NOT NULL,
    what TEXT,
    assignee TEXT,
    due_day TEXT,
    done_at TEXT,
    origin TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE teaching (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT,
    topic TEXT,
    topic_words TEXT,
    learner TEXT,
    learner_name TEXT,
    method TEXT,
    result TEXT,
    follow_up TEXT,
    interpreter TEXT,
    materials TEXT,
    note TEXT,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE therapy_order (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    id BLOB NOT NULL,
    drug TEXT,
    brand TEXT,
    indication TEXT,
    indication_words TEXT,
    dose TEXT,
    dose_unit TEXT,
    dose_per_kg TEXT,
    dose_per_kg_unit TEXT,
    dosing_weight_kg TEXT,
    dosing_weight_kg_entered TEXT,
    dosing_weight_kg_unit TEXT,
    dosing_weight_day TEXT,
    dose_difference TEXT,
    concentration TEXT,
    diluent TEXT,
    volume_ml TEXT,
    volume_ml_entered TEXT,
    volume_ml_unit TEXT,
    route TEXT,
    delivery TEXT,
    over_minutes TEXT,
    over_minutes_entered TEXT,
    over_minutes_unit TEXT,
    frequency TEXT,
    observation_minutes TEXT,
    observation_minutes_entered TEXT,
    observation_minutes_unit TEXT,
    first_dose BOOLEAN,
    home_first_dose_authorised BOOLEAN,
    flush TEXT,
    flush_before_ml TEXT,
    flush_before_ml_entered TEXT,
    flush_before_ml_unit TEXT,
    flush_after_ml TEXT,
    flush_after_ml_entered TEXT,
    flush_after_ml_unit TEXT,
    prescriber TEXT,
    prescriber_telephone TEXT,
    ordered_day TEXT,
    starts TEXT,
    ends TEXT,
    notes TEXT,
    status TEXT,
    version TEXT,
    replaces BLOB,
    used_at TEXT,
    end_reason TEXT, therapy TEXT, product TEXT, dosing_basis TEXT, dose_per_m2 TEXT, dosing_height_cm TEXT, dosing_height_cm_entered TEXT, dosing_height_cm_unit TEXT, surface_rounded BOOLEAN, concentration_amount TEXT, concentration_unit TEXT, ladder TEXT, filter TEXT, cycle_hours TEXT, ramp_up_hours TEXT, ramp_down_hours TEXT, demand_dose TEXT, lockout_minutes TEXT, lockout_minutes_entered TEXT, lockout_minutes_unit TEXT, basal_per_hour TEXT, limit_1_hour TEXT, limit_4_hours TEXT, subcut_sites TEXT, every TEXT, every_unit TEXT, dose_number TEXT, doses_planned TEXT, course_days TEXT, last_dose_day TEXT, flush_rate_ml_h TEXT, flush_rate_ml_h_entered TEXT, flush_rate_ml_h_unit TEXT, goal TEXT, safety_measures TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(patient_id) REFERENCES patient (id),
    FOREIGN KEY(replaces) REFERENCES therapy_order (id)
);

CREATE TABLE therapy_watch (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	answer BOOLEAN, 
	words TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE tip_confirmation (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	patient_id BLOB NOT NULL, 
	device_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	confirmed_on TEXT, 
	tip TEXT, 
	method TEXT, 
	external_length_cm TEXT, 
	external_length_cm_entered TEXT, 
	external_length_cm_unit TEXT, 
	told_by TEXT, 
	PRIMARY KEY (patient_id, device_id, seq), 
	FOREIGN KEY(device_id) REFERENCES access_device (id), 
	FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE trusted_agency (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	agency_id BLOB NOT NULL, 
	name TEXT NOT NULL, 
	telephone TEXT, 
	certificate BLOB NOT NULL, 
	sha256 TEXT NOT NULL, 
	serial INTEGER NOT NULL, 
	own BOOLEAN NOT NULL, 
	packet BLOB, 
	pinned_at TEXT NOT NULL, 
	PRIMARY KEY (agency_id)
);

CREATE TABLE verbal_order (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	order_text TEXT, 
	prescriber TEXT, 
	given_by TEXT, 
	received_by TEXT, 
	read_back BOOLEAN, 
	sign_by TEXT, 
	signed_on TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE visit (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    id BLOB NOT NULL,
    patient_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    zone TEXT NOT NULL,
    scheduled_at TEXT NOT NULL,
    nurse_id BLOB NOT NULL,
    order_id BLOB,
    started_at TEXT,
    completed_at TEXT,
    missed_at TEXT,
    cancelled_at TEXT,
    reason TEXT,
    copied_from BLOB, told TEXT,
    PRIMARY KEY (id),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE TABLE visit_snapshot (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    envelope BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (visit_id),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE vital_signs (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    visit_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    at TEXT,
    extent TEXT,
    systolic TEXT,
    systolic_entered TEXT,
    systolic_unit TEXT,
    diastolic TEXT,
    diastolic_entered TEXT,
    diastolic_unit TEXT,
    pulse TEXT,
    pulse_entered TEXT,
    pulse_unit TEXT,
    respirations TEXT,
    respirations_entered TEXT,
    respirations_unit TEXT,
    spo2 TEXT,
    spo2_entered TEXT,
    spo2_unit TEXT,
    temperature TEXT,
    temperature_entered TEXT,
    temperature_unit TEXT,
    pain TEXT,
    pain_entered TEXT,
    pain_unit TEXT,
    consciousness TEXT,
    oxygen TEXT,
    oxygen_flow TEXT,
    oxygen_flow_entered TEXT,
    oxygen_flow_unit TEXT,
    limb TEXT,
    position TEXT,
    cuff TEXT,
    method TEXT,
    temperature_site TEXT,
    weight TEXT,
    weight_entered TEXT,
    weight_unit TEXT,
    glucose TEXT,
    glucose_entered TEXT,
    glucose_unit TEXT,
    measured_by TEXT,
    instrument TEXT,
    context TEXT,
    response TEXT, rhythm TEXT, counted_full_minute BOOLEAN, oxygen_percent TEXT, oxygen_percent_entered TEXT, oxygen_percent_unit TEXT, no_figure TEXT, pain_scale TEXT, pain_where TEXT, pain_how TEXT, pain_accepted TEXT, pain_accepted_entered TEXT, pain_accepted_unit TEXT, sedation TEXT, etco2 TEXT, etco2_entered TEXT, etco2_unit TEXT, stood TEXT, circumstances TEXT, height TEXT, height_entered TEXT, height_unit TEXT, head TEXT, head_entered TEXT, head_unit TEXT, girth TEXT, girth_entered TEXT, girth_unit TEXT, girth_of TEXT, urine TEXT, urine_entered TEXT, urine_unit TEXT, confirmed TEXT,
    PRIMARY KEY (visit_id, seq),
    FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE waste_return (
	created_at TEXT NOT NULL, 
	created_by BLOB NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by BLOB NOT NULL, 
	revision INTEGER NOT NULL, 
	struck_at TEXT, 
	struck_by BLOB, 
	struck_reason TEXT, 
	visit_id BLOB NOT NULL, 
	seq INTEGER NOT NULL, 
	at TEXT, 
	what TEXT, 
	drug TEXT, 
	amount TEXT, 
	amount_unit TEXT, 
	lot TEXT, 
	method TEXT, 
	controlled BOOLEAN, 
	witness_how TEXT, 
	witness TEXT, 
	no_witness TEXT, 
	handed_to TEXT, 
	note TEXT, 
	PRIMARY KEY (visit_id, seq), 
	FOREIGN KEY(visit_id) REFERENCES visit (id)
);

CREATE TABLE weight (
    created_at TEXT NOT NULL,
    created_by BLOB NOT NULL,
    updated_at TEXT NOT NULL,
    updated_by BLOB NOT NULL,
    revision INTEGER NOT NULL,
    struck_at TEXT,
    struck_by BLOB,
    struck_reason TEXT,
    patient_id BLOB NOT NULL,
    seq INTEGER NOT NULL,
    weight_kg TEXT,
    weight_kg_entered TEXT,
    weight_kg_unit TEXT,
    day TEXT,
    source TEXT,
    as_received TEXT,
    PRIMARY KEY (patient_id, seq),
    FOREIGN KEY(patient_id) REFERENCES patient (id)
);

CREATE INDEX ix_access_device_patient_id ON access_device (patient_id)
;

CREATE INDEX ix_addendum_visit_id ON addendum (visit_id)
;

CREATE INDEX ix_audit_event_row ON audit_event ("row")
;

CREATE INDEX ix_catalogue_override_name ON catalogue_override (name);

CREATE INDEX ix_complication_patient_id ON complication (patient_id)
;

CREATE INDEX ix_complication_step_patient_id ON complication_step (patient_id)
;

CREATE INDEX ix_complication_step_visit_id ON complication_step (visit_id)
;

CREATE INDEX ix_member_certificate_member_id ON member_certificate (member_id);

CREATE INDEX ix_received_file_visit_id ON received_file (visit_id);

CREATE INDEX ix_review_visit_id ON review (visit_id)
;

CREATE INDEX ix_signature_target ON signature (target)
;

CREATE INDEX ix_signature_visit_id ON signature (visit_id)
;

CREATE INDEX ix_task_patient_id ON task (patient_id)
;

CREATE INDEX ix_therapy_order_patient_id ON therapy_order (patient_id)
;

CREATE INDEX ix_visit_patient_id ON visit (patient_id)
;

CREATE INDEX ix_visit_scheduled_at ON visit (scheduled_at)
;

CREATE UNIQUE INDEX patient_identifier_known ON patient_identifier (system, value) WHERE struck_at IS NULL
;

CREATE TRIGGER "freeze_addendum_delete" BEFORE DELETE ON "addendum"
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END;

CREATE TRIGGER "freeze_addendum_insert" BEFORE INSERT ON "addendum"
WHEN EXISTS (SELECT 1 FROM "addendum" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "addendum" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END;

CREATE TRIGGER "freeze_addendum_update" BEFORE UPDATE ON "addendum"
BEGIN
  SELECT RAISE(ABORT, 'lasting: addendum');
END;

CREATE TRIGGER "freeze_arrival_delete" BEFORE DELETE ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END;

CREATE TRIGGER "freeze_arrival_insert" BEFORE INSERT ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "arrival" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END;

CREATE TRIGGER "freeze_arrival_update" BEFORE UPDATE ON "arrival"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "arrival" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: arrival');
END;

CREATE TRIGGER "freeze_assessment_delete" BEFORE DELETE ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
END;

CREATE TRIGGER "freeze_assessment_insert" BEFORE INSERT ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
END;

CREATE TRIGGER "freeze_assessment_update" BEFORE UPDATE ON "assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: assessment');
END;

CREATE TRIGGER "freeze_audit_event_delete" BEFORE DELETE ON "audit_event"
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END;

CREATE TRIGGER "freeze_audit_event_insert" BEFORE INSERT ON "audit_event"
WHEN EXISTS (SELECT 1 FROM "audit_event" AS other WHERE other."n" = NEW."n")
  OR EXISTS (SELECT 1 FROM "audit_event" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END;

CREATE TRIGGER "freeze_audit_event_update" BEFORE UPDATE ON "audit_event"
BEGIN
  SELECT RAISE(ABORT, 'lasting: audit_event');
END;

CREATE TRIGGER "freeze_catalogue_override_delete" BEFORE DELETE ON "catalogue_override"
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END;

CREATE TRIGGER "freeze_catalogue_override_insert" BEFORE INSERT ON "catalogue_override"
WHEN EXISTS (SELECT 1 FROM "catalogue_override" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "catalogue_override" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END;

CREATE TRIGGER "freeze_catalogue_override_update" BEFORE UPDATE ON "catalogue_override"
BEGIN
  SELECT RAISE(ABORT, 'lasting: catalogue_override');
END;

CREATE TRIGGER "freeze_clock_change_delete" BEFORE DELETE ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END;

CREATE TRIGGER "freeze_clock_change_insert" BEFORE INSERT ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "clock_change" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END;

CREATE TRIGGER "freeze_clock_change_update" BEFORE UPDATE ON "clock_change"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "clock_change" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: clock_change');
END;

CREATE TRIGGER "freeze_communication_delete" BEFORE DELETE ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
END;

CREATE TRIGGER "freeze_communication_insert" BEFORE INSERT ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "communication" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
END;

CREATE TRIGGER "freeze_communication_update" BEFORE UPDATE ON "communication"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "communication" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: communication');
END;

CREATE TRIGGER "freeze_complication_step_delete" BEFORE DELETE ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END;

CREATE TRIGGER "freeze_complication_step_insert" BEFORE INSERT ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other."complication_id" = NEW."complication_id" AND other."seq" = NEW."seq" AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END;

CREATE TRIGGER "freeze_complication_step_update" BEFORE UPDATE ON "complication_step"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other."complication_id" = NEW."complication_id" AND other."seq" = NEW."seq" AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
  OR EXISTS (SELECT 1 FROM "complication_step" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: complication_step');
END;

CREATE TRIGGER "freeze_departure_delete" BEFORE DELETE ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END;

CREATE TRIGGER "freeze_departure_insert" BEFORE INSERT ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "departure" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END;

CREATE TRIGGER "freeze_departure_update" BEFORE UPDATE ON "departure"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "departure" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: departure');
END;

CREATE TRIGGER "freeze_device_care_delete" BEFORE DELETE ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END;

CREATE TRIGGER "freeze_device_care_insert" BEFORE INSERT ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_care" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END;

CREATE TRIGGER "freeze_device_care_update" BEFORE UPDATE ON "device_care"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_care" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_care');
END;

CREATE TRIGGER "freeze_device_check_delete" BEFORE DELETE ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END;

CREATE TRIGGER "freeze_device_check_insert" BEFORE INSERT ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END;

CREATE TRIGGER "freeze_device_check_update" BEFORE UPDATE ON "device_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "device_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: device_check');
END;

CREATE TRIGGER "freeze_fall_screen_delete" BEFORE DELETE ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
END;

CREATE TRIGGER "freeze_fall_screen_insert" BEFORE INSERT ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "fall_screen" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
END;

CREATE TRIGGER "freeze_fall_screen_update" BEFORE UPDATE ON "fall_screen"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "fall_screen" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: fall_screen');
END;

CREATE TRIGGER "freeze_hand_over_delete" BEFORE DELETE ON "hand_over"
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
END;

CREATE TRIGGER "freeze_hand_over_insert" BEFORE INSERT ON "hand_over"
WHEN EXISTS (SELECT 1 FROM "hand_over" AS other WHERE other."visit_id" = NEW."visit_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "hand_over" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
END;

CREATE TRIGGER "freeze_hand_over_update" BEFORE UPDATE ON "hand_over"
BEGIN
  SELECT RAISE(ABORT, 'lasting: hand_over');
END;

CREATE TRIGGER "freeze_home_assessment_delete" BEFORE DELETE ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END;

CREATE TRIGGER "freeze_home_assessment_insert" BEFORE INSERT ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END;

CREATE TRIGGER "freeze_home_assessment_update" BEFORE UPDATE ON "home_assessment"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_assessment" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_assessment');
END;

CREATE TRIGGER "freeze_home_finding_delete" BEFORE DELETE ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END;

CREATE TRIGGER "freeze_home_finding_insert" BEFORE INSERT ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_finding" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END;

CREATE TRIGGER "freeze_home_finding_update" BEFORE UPDATE ON "home_finding"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "home_finding" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: home_finding');
END;

CREATE TRIGGER "freeze_infusion_delete" BEFORE DELETE ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END;

CREATE TRIGGER "freeze_infusion_event_delete" BEFORE DELETE ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END;

CREATE TRIGGER "freeze_infusion_event_insert" BEFORE INSERT ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_event" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END;

CREATE TRIGGER "freeze_infusion_event_update" BEFORE UPDATE ON "infusion_event"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_event" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_event');
END;

CREATE TRIGGER "freeze_infusion_insert" BEFORE INSERT ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END;

CREATE TRIGGER "freeze_infusion_site_delete" BEFORE DELETE ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END;

CREATE TRIGGER "freeze_infusion_site_insert" BEFORE INSERT ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_site" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END;

CREATE TRIGGER "freeze_infusion_site_update" BEFORE UPDATE ON "infusion_site"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion_site" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion_site');
END;

CREATE TRIGGER "freeze_infusion_update" BEFORE UPDATE ON "infusion"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "infusion" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: infusion');
END;

CREATE TRIGGER "freeze_kit_check_delete" BEFORE DELETE ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END;

CREATE TRIGGER "freeze_kit_check_insert" BEFORE INSERT ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END;

CREATE TRIGGER "freeze_kit_check_update" BEFORE UPDATE ON "kit_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_check');
END;

CREATE TRIGGER "freeze_kit_item_delete" BEFORE DELETE ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END;

CREATE TRIGGER "freeze_kit_item_insert" BEFORE INSERT ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_item" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END;

CREATE TRIGGER "freeze_kit_item_update" BEFORE UPDATE ON "kit_item"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "kit_item" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: kit_item');
END;

CREATE TRIGGER "freeze_lab_draw_delete" BEFORE DELETE ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END;

CREATE TRIGGER "freeze_lab_draw_insert" BEFORE INSERT ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_draw" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END;

CREATE TRIGGER "freeze_lab_draw_update" BEFORE UPDATE ON "lab_draw"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_draw" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_draw');
END;

CREATE TRIGGER "freeze_lab_result_delete" BEFORE DELETE ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END;

CREATE TRIGGER "freeze_lab_result_insert" BEFORE INSERT ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_result" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END;

CREATE TRIGGER "freeze_lab_result_update" BEFORE UPDATE ON "lab_result"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_result" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_result');
END;

CREATE TRIGGER "freeze_lab_tube_delete" BEFORE DELETE ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
END;

CREATE TRIGGER "freeze_lab_tube_insert" BEFORE INSERT ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_tube" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
END;

CREATE TRIGGER "freeze_lab_tube_update" BEFORE UPDATE ON "lab_tube"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lab_tube" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lab_tube');
END;

CREATE TRIGGER "freeze_lumen_check_delete" BEFORE DELETE ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END;

CREATE TRIGGER "freeze_lumen_check_insert" BEFORE INSERT ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lumen_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END;

CREATE TRIGGER "freeze_lumen_check_update" BEFORE UPDATE ON "lumen_check"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "lumen_check" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: lumen_check');
END;

CREATE TRIGGER "freeze_medicine_given_delete" BEFORE DELETE ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END;

CREATE TRIGGER "freeze_medicine_given_insert" BEFORE INSERT ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "medicine_given" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END;

CREATE TRIGGER "freeze_medicine_given_update" BEFORE UPDATE ON "medicine_given"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "medicine_given" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: medicine_given');
END;

CREATE TRIGGER "freeze_member_certificate_delete" BEFORE DELETE ON "member_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
END;

CREATE TRIGGER "freeze_member_certificate_insert" BEFORE INSERT ON "member_certificate"
WHEN EXISTS (SELECT 1 FROM "member_certificate" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "member_certificate" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
END;

CREATE TRIGGER "freeze_member_certificate_update" BEFORE UPDATE ON "member_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: member_certificate');
END;

CREATE TRIGGER "freeze_missed_set_delete" BEFORE DELETE ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END;

CREATE TRIGGER "freeze_missed_set_insert" BEFORE INSERT ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "missed_set" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END;

CREATE TRIGGER "freeze_missed_set_update" BEFORE UPDATE ON "missed_set"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "missed_set" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: missed_set');
END;

CREATE TRIGGER "freeze_new_home_medicine_delete" BEFORE DELETE ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
END;

CREATE TRIGGER "freeze_new_home_medicine_insert" BEFORE INSERT ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "new_home_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
END;

CREATE TRIGGER "freeze_new_home_medicine_update" BEFORE UPDATE ON "new_home_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "new_home_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: new_home_medicine');
END;

CREATE TRIGGER "freeze_not_done_delete" BEFORE DELETE ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END;

CREATE TRIGGER "freeze_not_done_insert" BEFORE INSERT ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "not_done" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END;

CREATE TRIGGER "freeze_not_done_update" BEFORE UPDATE ON "not_done"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "not_done" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: not_done');
END;

CREATE TRIGGER "freeze_note_file_delete" BEFORE DELETE ON "note_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END;

CREATE TRIGGER "freeze_note_file_insert" BEFORE INSERT ON "note_file"
WHEN EXISTS (SELECT 1 FROM "note_file" AS other WHERE other."visit_id" = NEW."visit_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "note_file" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END;

CREATE TRIGGER "freeze_note_file_update" BEFORE UPDATE ON "note_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: note_file');
END;

CREATE TRIGGER "freeze_override_delete" BEFORE DELETE ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END;

CREATE TRIGGER "freeze_override_insert" BEFORE INSERT ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "override" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END;

CREATE TRIGGER "freeze_override_update" BEFORE UPDATE ON "override"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "override" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: override');
END;

CREATE TRIGGER "freeze_product_lot_delete" BEFORE DELETE ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END;

CREATE TRIGGER "freeze_product_lot_insert" BEFORE INSERT ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "product_lot" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END;

CREATE TRIGGER "freeze_product_lot_update" BEFORE UPDATE ON "product_lot"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "product_lot" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: product_lot');
END;

CREATE TRIGGER "freeze_pump_programme_delete" BEFORE DELETE ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END;

CREATE TRIGGER "freeze_pump_programme_insert" BEFORE INSERT ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_programme" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END;

CREATE TRIGGER "freeze_pump_programme_update" BEFORE UPDATE ON "pump_programme"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_programme" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_programme');
END;

CREATE TRIGGER "freeze_pump_reading_delete" BEFORE DELETE ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
END;

CREATE TRIGGER "freeze_pump_reading_insert" BEFORE INSERT ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_reading" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
END;

CREATE TRIGGER "freeze_pump_reading_update" BEFORE UPDATE ON "pump_reading"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "pump_reading" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: pump_reading');
END;

CREATE TRIGGER "freeze_question_delete" BEFORE DELETE ON "question"
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END;

CREATE TRIGGER "freeze_question_insert" BEFORE INSERT ON "question"
WHEN EXISTS (SELECT 1 FROM "question" AS other WHERE other."review_id" = NEW."review_id" AND other."seq" = NEW."seq")
  OR EXISTS (SELECT 1 FROM "question" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END;

CREATE TRIGGER "freeze_question_update" BEFORE UPDATE ON "question"
BEGIN
  SELECT RAISE(ABORT, 'lasting: question');
END;

CREATE TRIGGER "freeze_received_file_delete" BEFORE DELETE ON "received_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
END;

CREATE TRIGGER "freeze_received_file_insert" BEFORE INSERT ON "received_file"
WHEN EXISTS (SELECT 1 FROM "received_file" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "received_file" AS other WHERE other."sha256" = NEW."sha256")
  OR EXISTS (SELECT 1 FROM "received_file" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
END;

CREATE TRIGGER "freeze_received_file_update" BEFORE UPDATE ON "received_file"
BEGIN
  SELECT RAISE(ABORT, 'lasting: received_file');
END;

CREATE TRIGGER "freeze_reconciled_medicine_delete" BEFORE DELETE ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END;

CREATE TRIGGER "freeze_reconciled_medicine_insert" BEFORE INSERT ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciled_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END;

CREATE TRIGGER "freeze_reconciled_medicine_update" BEFORE UPDATE ON "reconciled_medicine"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciled_medicine" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciled_medicine');
END;

CREATE TRIGGER "freeze_reconciliation_delete" BEFORE DELETE ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
END;

CREATE TRIGGER "freeze_reconciliation_insert" BEFORE INSERT ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciliation" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
END;

CREATE TRIGGER "freeze_reconciliation_update" BEFORE UPDATE ON "reconciliation"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "reconciliation" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: reconciliation');
END;

CREATE TRIGGER "freeze_review_delete" BEFORE DELETE ON "review"
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END;

CREATE TRIGGER "freeze_review_insert" BEFORE INSERT ON "review"
WHEN EXISTS (SELECT 1 FROM "review" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "review" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END;

CREATE TRIGGER "freeze_review_update" BEFORE UPDATE ON "review"
BEGIN
  SELECT RAISE(ABORT, 'lasting: review');
END;

CREATE TRIGGER "freeze_revoked_certificate_delete" BEFORE DELETE ON "revoked_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
END;

CREATE TRIGGER "freeze_revoked_certificate_insert" BEFORE INSERT ON "revoked_certificate"
WHEN EXISTS (SELECT 1 FROM "revoked_certificate" AS other WHERE other."sha256" = NEW."sha256" AND other."revoked_at" = NEW."revoked_at")
  OR EXISTS (SELECT 1 FROM "revoked_certificate" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
END;

CREATE TRIGGER "freeze_revoked_certificate_update" BEFORE UPDATE ON "revoked_certificate"
BEGIN
  SELECT RAISE(ABORT, 'lasting: revoked_certificate');
END;

CREATE TRIGGER "freeze_safe_work_delete" BEFORE DELETE ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
END;

CREATE TRIGGER "freeze_safe_work_insert" BEFORE INSERT ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "safe_work" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
END;

CREATE TRIGGER "freeze_safe_work_update" BEFORE UPDATE ON "safe_work"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "safe_work" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: safe_work');
END;

CREATE TRIGGER "freeze_screening_answer_delete" BEFORE DELETE ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END;

CREATE TRIGGER "freeze_screening_answer_insert" BEFORE INSERT ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "screening_answer" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END;

CREATE TRIGGER "freeze_screening_answer_update" BEFORE UPDATE ON "screening_answer"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "screening_answer" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: screening_answer');
END;

CREATE TRIGGER "freeze_signature_delete" BEFORE DELETE ON "signature"
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END;

CREATE TRIGGER "freeze_signature_insert" BEFORE INSERT ON "signature"
WHEN EXISTS (SELECT 1 FROM "signature" AS other WHERE other."id" = NEW."id")
  OR EXISTS (SELECT 1 FROM "signature" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END;

CREATE TRIGGER "freeze_signature_update" BEFORE UPDATE ON "signature"
BEGIN
  SELECT RAISE(ABORT, 'lasting: signature');
END;

CREATE TRIGGER "freeze_supply_use_delete" BEFORE DELETE ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
END;

CREATE TRIGGER "freeze_supply_use_insert" BEFORE INSERT ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "supply_use" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
END;

CREATE TRIGGER "freeze_supply_use_update" BEFORE UPDATE ON "supply_use"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "supply_use" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: supply_use');
END;

CREATE TRIGGER "freeze_teaching_delete" BEFORE DELETE ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END;

CREATE TRIGGER "freeze_teaching_insert" BEFORE INSERT ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "teaching" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END;

CREATE TRIGGER "freeze_teaching_update" BEFORE UPDATE ON "teaching"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "teaching" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: teaching');
END;

CREATE TRIGGER "freeze_therapy_watch_delete" BEFORE DELETE ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END;

CREATE TRIGGER "freeze_therapy_watch_insert" BEFORE INSERT ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "therapy_watch" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END;

CREATE TRIGGER "freeze_therapy_watch_update" BEFORE UPDATE ON "therapy_watch"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "therapy_watch" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: therapy_watch');
END;

CREATE TRIGGER "freeze_verbal_order_delete" BEFORE DELETE ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
END;

CREATE TRIGGER "freeze_verbal_order_insert" BEFORE INSERT ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "verbal_order" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
END;

CREATE TRIGGER "freeze_verbal_order_update" BEFORE UPDATE ON "verbal_order"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "verbal_order" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: verbal_order');
END;

CREATE TRIGGER "freeze_visit_delete" BEFORE DELETE ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END;

CREATE TRIGGER "freeze_visit_insert" BEFORE INSERT ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."id")
  OR EXISTS (SELECT 1 FROM "visit" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END;

CREATE TRIGGER "freeze_visit_snapshot_delete" BEFORE DELETE ON "visit_snapshot"
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END;

CREATE TRIGGER "freeze_visit_snapshot_insert" BEFORE INSERT ON "visit_snapshot"
WHEN EXISTS (SELECT 1 FROM "visit_snapshot" AS other WHERE other."visit_id" = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "visit_snapshot" AS other WHERE other.rowid = NEW.rowid)
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END;

CREATE TRIGGER "freeze_visit_snapshot_update" BEFORE UPDATE ON "visit_snapshot"
BEGIN
  SELECT RAISE(ABORT, 'lasting: visit_snapshot');
END;

CREATE TRIGGER "freeze_visit_update" BEFORE UPDATE ON "visit"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."id")
  OR EXISTS (SELECT 1 FROM "visit" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: visit');
END;

CREATE TRIGGER "freeze_vital_signs_delete" BEFORE DELETE ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END;

CREATE TRIGGER "freeze_vital_signs_insert" BEFORE INSERT ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "vital_signs" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END;

CREATE TRIGGER "freeze_vital_signs_update" BEFORE UPDATE ON "vital_signs"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "vital_signs" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: vital_signs');
END;

CREATE TRIGGER "freeze_waste_return_delete" BEFORE DELETE ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END;

CREATE TRIGGER "freeze_waste_return_insert" BEFORE INSERT ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "waste_return" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END;

CREATE TRIGGER "freeze_waste_return_update" BEFORE UPDATE ON "waste_return"
WHEN EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = OLD."visit_id")
  OR EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = NEW."visit_id")
  OR EXISTS (SELECT 1 FROM "waste_return" AS other WHERE other.rowid = NEW.rowid AND EXISTS (SELECT 1 FROM visit_snapshot WHERE visit_id = other."visit_id"))
BEGIN
  SELECT RAISE(ABORT, 'frozen: waste_return');
END;
