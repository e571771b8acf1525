-- Compiled from sql/resilience/room.toml by `carebase db compile`. Do not edit: change the matrix instead.
alter table public.nurse_questions enable row level security;
alter table public.nurse_questions force row level security;

revoke all on public.nurse_questions from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.nurse_questions to service_role;

create policy floor_organization on public.nurse_questions
as restrictive for all to anon, authenticated
using (
  org_id = (select app.current_org())
)
with check (
  org_id = (select app.current_org())
);
comment on policy floor_organization on public.nurse_questions is
'Whatever else is allowed: only rows of the active organization.';

create trigger _100_stamp
before insert or update on public.nurse_questions
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.nurse_questions
for each row execute function app.audit_row(
  'org_id', 'org_id,id', '*', ''
);
