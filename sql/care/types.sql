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
