-- Compiled from sql/care/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.care_plan_review_intervals enable row level security;
alter table public.care_plan_review_intervals force row level security;

revoke all on public.care_plan_review_intervals from public, anon, authenticated, service_role;
grant select on public.care_plan_review_intervals to authenticated;
grant insert (
  risk_level,
  review_days
) on public.care_plan_review_intervals to authenticated;
grant update (
  review_days
) on public.care_plan_review_intervals to authenticated;
grant select, insert, update, delete on public.care_plan_review_intervals to service_role;

create policy floor_organization on public.care_plan_review_intervals
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.care_plan_review_intervals is
'Whatever else is allowed: only rows of the active organization.';

create policy select_organization on public.care_plan_review_intervals
for select to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.is_staff())
);
comment on policy select_organization on public.care_plan_review_intervals is
'anyone who works for the active organization: every row of the active organization.';

create policy insert_organization on public.care_plan_review_intervals
for insert to authenticated
with check (
  org_id = (select app.current_org())
  and (select app.has_role('admin'))
);
comment on policy insert_organization on public.care_plan_review_intervals is
'admin: every row of the active organization.';

create policy update_organization on public.care_plan_review_intervals
for update to authenticated
using (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin'))
)
with check (
  org_id = (select app.current_org())
  and deleted_at is null
  and (select app.has_role('admin'))
);
comment on policy update_organization on public.care_plan_review_intervals is
'admin: every row of the active organization.';

create trigger _100_stamp
before insert or update on public.care_plan_review_intervals
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.care_plan_review_intervals
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '', ''
);
