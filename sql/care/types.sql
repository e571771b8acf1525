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
