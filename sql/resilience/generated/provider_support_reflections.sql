-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.provider_support_reflections enable row level security;
alter table public.provider_support_reflections force row level security;

revoke all on public.provider_support_reflections from public, anon, authenticated, service_role;
grant select (
  org_id,
  id,
  circle_id,
  reflection_text,
  is_anonymous,
  author_name,
  created_at,
  updated_at,
  version,
  deleted_at
) on public.provider_support_reflections to authenticated;
grant insert (
  circle_id,
  reflection_text,
  is_anonymous
) on public.provider_support_reflections to authenticated;
grant select, insert, update, delete on public.provider_support_reflections to service_role;

create policy floor_organization on public.provider_support_reflections
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.provider_support_reflections is
'Whatever else is allowed: only rows of the active organization.';

create policy select_joined on public.provider_support_reflections
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
  and circle_id = any((select app.my_circles())::uuid[])
);
comment on policy select_joined on public.provider_support_reflections is
'anyone who works for the active organization: rows of the circles they are in.';

create policy insert_joined on public.provider_support_reflections
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.is_staff())
  and circle_id = any((select app.my_circles())::uuid[])
);
comment on policy insert_joined on public.provider_support_reflections is
'anyone who works for the active organization: rows of the circles they are in.';

create trigger _100_stamp
before insert or update on public.provider_support_reflections
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.provider_support_reflections
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '*', 'user_id'
);

-- Removed rows are deleted in the end (app.job_purge_removed), and found by this index. What a legal hold covers is
-- deleted by nobody, whoever tries.
create index provider_support_reflections_deleted_at_idx
on public.provider_support_reflections (org_id, deleted_at)
where deleted_at is not null;

create trigger _200_hold
before delete on public.provider_support_reflections
for each row execute function app.refuse_held(
  'org_id', 'id', '90 days', '30 days', '10 years', 'uncounted', 'user_id'
);
