create type public.work_setting as enum (
  'home_health', 'clinic', 'telehealth', 'skilled_nursing', 'hospital', 'community', 'office', 'other'
);
comment on type public.work_setting is 'Where a provider mainly worked on a day.';

create type public.resilience_category as enum (
  'mindfulness', 'stress_management', 'cognitive_reframing', 'self_compassion', 'boundaries', 'communication', 'sleep',
  'moral_distress', 'grief', 'peer_support', 'crisis'
);
comment on type public.resilience_category is 'What a training module or resource helps with.';

create type public.training_content_type as enum ('article', 'video', 'audio', 'exercise', 'worksheet');
comment on type public.training_content_type is 'How a training module is taken.';

create type public.resilience_resource_kind as enum (
  'crisis_line', 'service', 'article', 'exercise', 'video', 'app', 'book'
);
comment on type public.resilience_resource_kind is
'What a resource is; a crisis line answers people in danger now, a service everybody else.';

create type public.meeting_frequency as enum ('weekly', 'fortnightly', 'monthly', 'as_needed');
comment on type public.meeting_frequency is 'How often a support circle meets.';

create type public.participation_level as enum ('anonymous', 'aggregate_only', 'may_be_contacted');
comment on type public.participation_level is
'How far a provider takes part: unknown to everyone; only in figures of five and more; also offered help in person.';

create type public.burnout_risk_level as enum ('low', 'moderate', 'high', 'critical');
comment on type public.burnout_risk_level is 'How much at risk of burnout a provider is, by this project''s own bands.';

create type app.assessment_grade as (scale text, score numeric, band text, severity smallint, percent numeric);
comment on type app.assessment_grade is 'What a scale came to, handed from function to function; never stored.';

create type public.intervention_kind as enum (
  'circle_invitation', 'peer_support', 'workload_reduction', 'crisis_follow_up', 'check_in_call'
);
comment on type public.intervention_kind is 'What kind of help a case is about.';

create type public.intervention_status as enum (
  'proposed', 'open', 'in_progress', 'completed', 'declined', 'cancelled'
);
comment on type public.intervention_status is
'Where a case stands: offered; taken up; somebody is in contact; and three ways to be closed.';

create type public.intervention_outcome as enum ('improved', 'unchanged', 'worse', 'declined', 'unknown');
comment on type public.intervention_outcome is 'How a case ended, as far as those who closed it can say.';

create type public.contact_method as enum ('call', 'message', 'in_person', 'video');
comment on type public.contact_method is 'How a helper got in touch.';

create type public.circle_invitation_status as enum ('pending', 'accepted', 'declined', 'expired');
comment on type public.circle_invitation_status is 'What became of an invitation to a support circle.';

create type public.reflection_report_reason as enum ('harmful', 'personal_information', 'harassment', 'other');
comment on type public.reflection_report_reason is 'Why a reflection should not be in its circle.';

create type public.peer_support_occasion as enum ('traumatic_event', 'patient_death', 'violence', 'error', 'other');
comment on type public.peer_support_occasion is 'After what somebody asks for a colleague to talk to.';

create type public.patient_risk_level as enum ('low', 'moderate', 'high');
comment on type public.patient_risk_level is 'How much at risk a patient is, as an assessment found.';

create type public.workload_level as enum ('normal', 'high_risk');
comment on type public.workload_level is
'How a provider''s load is: high_risk means more than 150 encounters in 30 days and an average stress of 8 or more.';

create type public.provider_risk_kind as enum (
  'burnout_assessment', 'no_assessment', 'workload', 'stress', 'question_volume', 'high_risk_panel', 'trend'
);
comment on type public.provider_risk_kind is 'What can raise a provider''s risk; docs/resilience/risk.md says by how much.';

create type public.provider_prompt_kind as enum ('question_volume', 'after_shift', 'reassessment');
comment on type public.provider_prompt_kind is
'Why a provider is asked how they are: many questions day after day, the end of a shift, an assessment that is due.';

create type public.resilience_dimension as enum (
  'emotional_exhaustion', 'depersonalization', 'personal_accomplishment', 'stress', 'sleep', 'workload'
);
comment on type public.resilience_dimension is
'What can go badly for a provider; resilience_dimension_categories says what in the library helps with each.';

create type public.rebalance_status as enum ('proposed', 'approved', 'rejected', 'expired', 'applied');
comment on type public.rebalance_status is
'Where a proposal to hand over patients stands; approved and applied are one transaction, and two events in the trail.';

-- One value, and that is the point: a proposal says that there is too much on one panel, and never why it matters now.
create type public.rebalance_reason as enum ('capacity');
comment on type public.rebalance_reason is 'What a proposal to hand over patients gives as its reason.';

create type public.my_participation as (
  level public.participation_level,
  policy_version integer,
  newest_policy_version integer,
  is_current boolean,
  given_at timestamptz
);
comment on type public.my_participation is
'How far the caller takes part in the resilience hub and which text they agreed to; level is null for whoever does not.
Never null: is_current.
Protected: level.';

-- The columns of provider_daily_checkins and is_anonymous; whatever could name or time the author is null where it is.
create type public.own_checkin as (
  org_id uuid,
  id uuid,
  practitioner_id uuid,
  user_id uuid,
  checkin_date date,
  work_setting public.work_setting,
  stress_level smallint,
  energy_level smallint,
  patients_contacted_today smallint,
  difficult_patient_calls smallint,
  overtime_hours numeric,
  missed_break boolean,
  is_shared boolean,
  is_anonymous boolean,
  created_at timestamptz,
  updated_at timestamptz,
  version integer
);
comment on type public.own_checkin is
'A check-in as its author sees it. One that is anonymous has no author, no moments and no version.
Never null: org_id, id, checkin_date, work_setting, stress_level, energy_level, patients_contacted_today,
difficult_patient_calls, overtime_hours, missed_break, is_shared, is_anonymous.
Protected: stress_level, energy_level, patients_contacted_today, difficult_patient_calls, overtime_hours, missed_break.';

create type public.work_shift as enum ('day', 'evening', 'night');
comment on type public.work_shift is 'Which shift of a day; a night belongs to the day on which it began.';

-- What nurses' forms of objection to an assignment have in common.
create type public.unsafe_staffing_reason as enum (
  'too_few_nurses', 'too_few_assistants', 'skill_mix', 'acuity_too_high', 'not_oriented', 'missed_breaks',
  'mandatory_overtime', 'missing_equipment'
);
comment on type public.unsafe_staffing_reason is 'Why a shift was not staffed safely, as who worked it says.';

create type public.staffing_answer as enum (
  'staff_added', 'patients_moved', 'admissions_paused', 'plan_changed', 'passed_on', 'no_change'
);
comment on type public.staffing_answer is 'What those who lead did about a shift that was reported as unsafe.';

create type public.score_quarter as enum ('lowest', 'second', 'third', 'highest');
comment on type public.score_quarter is 'In which quarter of a group a score is; on a burnout score, lowest is best.';
