create type public.incident_kind as enum (
  'fall', 'medication', 'pressure_injury', 'aggression', 'absconding', 'safeguarding', 'infection', 'near_miss',
  'death', 'property', 'other'
);
comment on type public.incident_kind is 'What kind of incident it was.';

-- The order is the meaning: what is asked of one level is asked of every later one.
create type public.incident_severity as enum ('none', 'low', 'moderate', 'severe', 'death');
comment on type public.incident_severity is 'How much harm was done, or could have been; the least first.';

create type public.incident_status as enum ('reported', 'acknowledged', 'under_review', 'closed');
comment on type public.incident_status is 'Where an incident stands: told, taken on, looked into, done with.';

create type public.incident_person_role as enum ('involved', 'witness', 'informed');
comment on type public.incident_person_role is
'What somebody has to do with an incident: it happened to or by them, they saw it, they were told of it.';

create type public.incident_followup_kind as enum ('note', 'review', 'lessons', 'reopening');
comment on type public.incident_followup_kind is
'What an entry about an incident is: a note, what the review found, what was learned, why it was opened again.';

create type public.incident_step as enum ('acknowledge', 'act', 'review', 'close', 'notify_regulator');
comment on type public.incident_step is 'What has to be done about an incident by a certain moment.';

create type public.incident_escalation_target as enum (
  'assignee', 'site_managers', 'org_owners', 'compliance_leads', 'admins'
);
comment on type public.incident_escalation_target is 'Who is told when a step of an incident is late.';

create type public.complaint_kind as enum ('complaint', 'compliment');
comment on type public.complaint_kind is 'Whether somebody was not content, or was.';

create type public.complaint_source as enum (
  'resident', 'relative', 'staff', 'visitor', 'professional', 'anonymous', 'other'
);
comment on type public.complaint_source is 'Who complained or was content.';

create type public.complaint_outcome as enum ('upheld', 'partly_upheld', 'not_upheld', 'withdrawn');
comment on type public.complaint_outcome is 'What was found about a complaint.';

create type public.key_question as enum ('safe', 'effective', 'caring', 'responsive', 'well_led');
comment on type public.key_question is 'The five questions that inspectors of care ask.';

create type public.evidence_kind as enum ('incident', 'complaint', 'quality_audit', 'audit_action');
comment on type public.evidence_kind is 'What a piece of evidence for an inspection is.';
-- Assessments, daily notes, handovers ---------------------------------------------------------------------------------

create type public.assessment_follow_up_kind as enum (
  'inform_nurse', 'urgent_review', 'emergency_response', 'review_care_plan'
);
comment on type public.assessment_follow_up_kind is
'What an assessment asks for: a nurse is told and looks, somebody who can treat looks soon, an emergency team comes at
once, the care plan is looked at again.';

create type public.daily_note_kind as enum (
  'personal_care', 'fluid_intake', 'fluid_output', 'food', 'repositioning', 'weight', 'bowel', 'sleep', 'night_check',
  'mood', 'activity', 'visit', 'general'
);
comment on type public.daily_note_kind is
'What a daily note is about. Measured: fluid_intake and fluid_output (mL), food (% eaten), weight (kg), bowel (Bristol
stool type, 1 to 7), sleep and activity (min, may be left out).';

-- The order is the meaning: what comes first in a handover.
create type public.handover_priority as enum ('urgent', 'important', 'routine');
comment on type public.handover_priority is 'How much an item of a handover matters to those who come in.';

create type public.handover_source as enum (
  'entered', 'daily_note', 'assessment', 'assessment_follow_up', 'incident', 'medication', 'care_task'
);
comment on type public.handover_source is
'Where an item of a handover is from: entered by hand, or the kind of record that it points at.';
create type public.care_plan_type as enum (
  'personal_care', 'mobility', 'falls', 'nutrition', 'hydration', 'skin', 'continence', 'communication', 'cognition',
  'behaviour', 'mental_health', 'medication', 'pain', 'breathing', 'sleep', 'social', 'spiritual', 'end_of_life',
  'other'
);
comment on type public.care_plan_type is 'What a care plan is about. A resident has one plan of each.';

create type public.care_plan_version_status as enum ('draft', 'active', 'superseded', 'discarded');
comment on type public.care_plan_version_status is
'Being written; what care follows now; what it followed once; a draft that was given up.';

create type public.care_plan_risk_level as enum ('low', 'medium', 'high');
comment on type public.care_plan_risk_level is 'How much can go wrong: it says how soon a care plan is reviewed.';

create type public.care_task_kind as enum (
  'personal_care', 'repositioning', 'mobility', 'nutrition', 'hydration', 'skin', 'continence', 'observation',
  'night_check', 'activity', 'other'
);
comment on type public.care_task_kind is 'What kind of care a task is.';

create type public.care_task_status as enum ('due', 'completed', 'skipped', 'missed', 'cancelled');
comment on type public.care_task_status is
'Still to be done, done, not done for a reason, not done by the end of its grace period, no longer wanted.';

create type public.care_task_skip_reason as enum (
  'declined', 'asleep', 'away', 'unwell', 'not_needed', 'not_possible', 'other'
);
comment on type public.care_task_skip_reason is 'Why a task was not done.';

create type public.care_plan_review_status as enum ('scheduled', 'completed', 'cancelled');
comment on type public.care_plan_review_status is 'Still to be done, done, no longer wanted because the plan ended.';

create type public.care_plan_review_outcome as enum ('unchanged', 'changed', 'ended');
comment on type public.care_plan_review_outcome is
'What a review came to: the plan stays, is to be written anew, is no longer needed.';

create type app.recurrence as (
  freq text,
  step integer,
  most integer,
  until timestamp,
  week_start integer,
  weekdays integer [],
  nth_weekdays integer [],
  month_days integer [],
  months integer [],
  hours integer [],
  minutes integer [],
  places integer [],
  except_times timestamp [],
  except_days date []
);
comment on type app.recurrence is
'A recurrence rule, read. Weekdays from 1 (Monday) to 7; nth_weekdays: pairs as nth * 10 + weekday, the sign of nth.';
create type public.staff_skill as enum ('care', 'senior_care', 'nursing', 'medication', 'domestic', 'catering');
comment on type public.staff_skill is
'What a shift needs and somebody can do: care, leading a shift of carers, nursing, giving medication, house, kitchen.';

create type public.rota_status as enum ('draft', 'published');
comment on type public.rota_status is
'Where the rota of a week stands: being planned, seen by planners only; or told to those who work.';

create type public.availability_kind as enum ('unavailable', 'preferred');
comment on type public.availability_kind is
'What somebody says of a stretch of time: they cannot work, or would like to.';

-- In this order they are told, the one to look at first first.
create type public.assignment_refusal as enum (
  'not_employed', 'no_role', 'skill', 'training', 'unavailable', 'double_booking', 'rest', 'weekly_maximum', 'full'
);
comment on type public.assignment_refusal is
'Why somebody cannot work a shift: not employed then, no role at the site, skill not theirs, training or a check missing
or expired, not available, at work elsewhere then, too little rest before or after, too many minutes in the week; or the
shift has everybody it needs.';

create type public.shift_offer_status as enum ('open', 'claimed', 'withdrawn');
comment on type public.shift_offer_status is
'What became of an offered place: open, taken by somebody, no longer offered.';

create type public.shift_swap_status as enum ('requested', 'accepted', 'approved', 'declined', 'cancelled');
comment on type public.shift_swap_status is
'Where a swap stands: asked for, agreed on by the colleague, carried out by a manager; turned down, taken back.';

create type public.rota_proposal_status as enum ('proposed', 'applied', 'superseded');
comment on type public.rota_proposal_status is
'What became of a proposal for a week: to be looked at, carried out, replaced by a newer one.';
-- Medication ----------------------------------------------------------------------------------------------------------

create type public.medication_route as enum (
  'oral', 'sublingual', 'buccal', 'topical', 'transdermal', 'inhaled', 'nasal', 'eye', 'ear', 'rectal', 'vaginal',
  'subcutaneous', 'intramuscular', 'intravenous', 'enteral', 'other'
);
comment on type public.medication_route is 'How a medicine gets into the body.';

create type public.medication_order_status as enum ('active', 'paused', 'stopped');
comment on type public.medication_order_status is
'Where an order stands: given, not given for a while, never again. FHIR: active, on-hold, stopped.';

create type public.medication_order_change as enum ('created', 'paused', 'resumed', 'stopped', 'replaced');
comment on type public.medication_order_change is 'What became of an order.';

create type public.medication_dose_status as enum (
  'planned', 'awaiting_witness', 'given', 'refused', 'withheld', 'missed', 'not_witnessed', 'cancelled'
);
comment on type public.medication_dose_status is
'What became of a planned dose; cancelled: its order was paused, stopped or replaced before it was due.';

create type public.medication_administration_status as enum (
  'awaiting_witness', 'given', 'refused', 'withheld', 'missed', 'not_witnessed'
);
comment on type public.medication_administration_status is
'What became of a dose. A controlled drug awaits its witness before it counts as given; not_witnessed: they declined.';

create type public.medication_reason as enum (
  'declined', 'asleep', 'away', 'nil_by_mouth', 'nausea', 'unable_to_swallow', 'clinical_decision', 'side_effect',
  'out_of_stock', 'other'
);
comment on type public.medication_reason is 'Why a dose was refused or withheld.';

create type public.medication_retraction_reason as enum (
  'not_given', 'wrong_resident', 'wrong_medicine', 'wrong_time', 'recorded_twice'
);
comment on type public.medication_retraction_reason is
'What was wrong about an account of a dose that was taken back.';

create type public.medication_effect_grade as enum ('effective', 'partly_effective', 'not_effective', 'adverse');
comment on type public.medication_effect_grade is 'Whether what was given as needed helped; adverse: it did harm.';

create type public.stock_movement_kind as enum ('received', 'administered', 'returned', 'destroyed', 'adjusted');
comment on type public.stock_movement_kind is
'Why a stock changed: delivered, given, back to the pharmacy, disposed of, put right after a discrepancy.';

create type public.signature_status as enum ('awaiting_witness', 'confirmed', 'declined');
comment on type public.signature_status is 'Whether what one person recorded is signed for by all who have to.';

create type public.discrepancy_status as enum ('open', 'explained', 'reported');
comment on type public.discrepancy_status is 'Where a discrepancy stands: nobody knows, somebody does, it is an incident.';
create type public.training_record_status as enum ('completed', 'failed', 'withdrawn');
comment on type public.training_record_status is
'How a course ended: passed; not passed; or the record was made in error and counts for nothing.';

create type public.staff_check_kind as enum (
  'criminal_record', 'right_to_work', 'professional_registration', 'references', 'occupational_health'
);
comment on type public.staff_check_kind is
'What is checked of a member of staff: criminal record (DBS in England and Wales), right to work, registration with a
professional body (NMC, HCPC), references, fitness for the work.';

create type public.staff_check_status as enum ('pending', 'clear', 'adverse', 'withdrawn');
comment on type public.staff_check_status is
'How a check stands: asked for, nothing found, something found, or entered in error.';

create type public.training_standing as enum ('valid', 'expiring', 'expired', 'missing');
comment on type public.training_standing is
'How a person stands towards what is required: in order, in order for 30 days at most, over, never there.';

create type public.supervision_kind as enum ('supervision', 'appraisal', 'probation_review', 'observed_practice');
comment on type public.supervision_kind is 'What a one-to-one with a member of staff was.';
