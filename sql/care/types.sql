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
