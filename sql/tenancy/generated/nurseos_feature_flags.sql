-- Compiled from sql/tenancy/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.nurseos_feature_flags enable row level security;
alter table public.nurseos_feature_flags force row level security;

revoke all on public.nurseos_feature_flags from public, anon, authenticated, service_role;
grant select on public.nurseos_feature_flags to authenticated;
grant insert (
  feature_key,
  feature_name,
  description,
  is_enabled_globally,
  required_license_tier,
  rollout_percent,
  is_hidden_when_standalone
) on public.nurseos_feature_flags to authenticated;
grant update (
  feature_name,
  description,
  is_enabled_globally,
  required_license_tier,
  rollout_percent,
  is_hidden_when_standalone
) on public.nurseos_feature_flags to authenticated;
grant select, insert, update, delete on public.nurseos_feature_flags to service_role;

create policy select_anyone on public.nurseos_feature_flags
for select to authenticated
using (
  (select app.my_id()) is not null
  or (select app.has_role('service'))
);
comment on policy select_anyone on public.nurseos_feature_flags is
'anyone who is signed in, service: every row.';

create policy insert_anyone on public.nurseos_feature_flags
for insert to authenticated
with check (
  (select app.has_role('super_admin'))
);
comment on policy insert_anyone on public.nurseos_feature_flags is
'super_admin: every row.';

create policy update_anyone on public.nurseos_feature_flags
for update to authenticated
using (
  (select app.has_role('super_admin'))
)
with check (
  (select app.has_role('super_admin'))
);
comment on policy update_anyone on public.nurseos_feature_flags is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.nurseos_feature_flags
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.nurseos_feature_flags
for each row execute function app.audit_row(
  '', 'id', '', ''
);
