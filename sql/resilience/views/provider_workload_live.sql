-- The workload at this moment, day by day.
create view app.provider_workload_live
with (security_invoker = true)
as
select
  parts.org_id,
  parts.practitioner_id,
  parts.day,
  sum(parts.encounters)::integer as encounters,
  sum(parts.questions)::integer as questions
from app.provider_workload_parts as parts
group by parts.org_id, parts.practitioner_id, parts.day;

comment on view app.provider_workload_live is 'Encounters and claimed questions per practitioner and day, exact.';
comment on column app.provider_workload_live.org_id is 'The organization.';
comment on column app.provider_workload_live.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_live.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_live.encounters is 'Encounters that count, on that day.';
comment on column app.provider_workload_live.questions is 'Questions claimed on that day.';

revoke all on app.provider_workload_live from public, anon, authenticated, service_role;
