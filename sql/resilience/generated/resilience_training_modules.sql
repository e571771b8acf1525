-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.resilience_training_modules enable row level security;
alter table public.resilience_training_modules force row level security;

revoke all on public.resilience_training_modules from public, anon, authenticated, service_role;
grant select on public.resilience_training_modules to authenticated;
grant insert (
  title,
  description,
  category,
  content_type,
  content_url,
  duration_minutes,
  evidence_based,
  evidence,
  is_active
) on public.resilience_training_modules to authenticated;
grant update (
  title,
  description,
  category,
  content_type,
  content_url,
  duration_minutes,
  evidence_based,
  evidence,
  is_active
) on public.resilience_training_modules to authenticated;
grant select, insert, update, delete on public.resilience_training_modules to service_role;

create policy select_active_or_anyone on public.resilience_training_modules
for select to authenticated
using (
  deleted_at is null
  and (
    (
      (select app.my_id()) is not null
      and is_active
    )
    or (select app.has_role('super_admin'))
  )
);
comment on policy select_active_or_anyone on public.resilience_training_modules is
'anyone who is signed in: rows that are offered now; super_admin: every row.';

create policy insert_anyone on public.resilience_training_modules
for insert to authenticated
with check (
  (select app.has_role('super_admin'))
);
comment on policy insert_anyone on public.resilience_training_modules is
'super_admin: every row.';

create policy update_anyone on public.resilience_training_modules
for update to authenticated
using (
  deleted_at is null
  and (select app.has_role('super_admin'))
)
with check (
  deleted_at is null
  and (select app.has_role('super_admin'))
);
comment on policy update_anyone on public.resilience_training_modules is
'super_admin: every row.';

create trigger _100_stamp
before insert or update on public.resilience_training_modules
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.resilience_training_modules
for each row execute function app.audit_row(
  '', 'id', '', ''
);
