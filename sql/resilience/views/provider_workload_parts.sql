-- The workload at this moment, to be added up: what is folded and what is not, in one statement and so of one moment.
-- Conditions on its columns reach the indexes of both tables.
create view app.provider_workload_parts
with (security_invoker = true)
as
select
  days.org_id,
  days.practitioner_id,
  days.day,
  days.encounters,
  days.questions
from app.provider_workload_days as days
union all
select
  deltas.org_id,
  deltas.practitioner_id,
  deltas.day,
  deltas.encounters,
  deltas.questions
from app.provider_workload_deltas as deltas;

comment on view app.provider_workload_parts is
'Encounters and claimed questions in parts: only the sum over a practitioner and day means something.';
comment on column app.provider_workload_parts.org_id is 'The organization.';
comment on column app.provider_workload_parts.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_parts.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_parts.encounters is 'How many encounters this part adds.';
comment on column app.provider_workload_parts.questions is 'How many claimed questions this part adds.';

revoke all on app.provider_workload_parts from public, anon, authenticated, service_role;
