create table public.organizations (
  id uuid not null,
  name text not null check (length(name) <= 200),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint organizations_pkey primary key (id)
);

alter table public.organizations enable row level security;
alter table public.organizations force row level security;
revoke all on public.organizations from public, anon, authenticated, service_role;
grant select on public.organizations to authenticated;

create policy floor_organization on public.organizations
as restrictive for all to anon, authenticated
using (id = (select app.current_org()));
comment on policy floor_organization on public.organizations is 'Only the active organization.';

create policy select_member on public.organizations
for select to authenticated
using (id = (select app.current_org()) and deleted_at is null);
comment on policy select_member on public.organizations is 'Members see their organization.';

create trigger _100_stamp
before insert or update on public.organizations
for each row execute function app.stamp_row();

create trigger _800_audit
after insert or update or delete on public.organizations
for each row execute function app.audit_row();

comment on table public.organizations is 'Tenants.';
comment on column public.organizations.id is 'Key.';
comment on column public.organizations.name is 'Name.';
comment on column public.organizations.created_at is 'When it was made.';
comment on column public.organizations.created_by is 'Who made it.';
comment on column public.organizations.updated_at is 'When it was changed.';
comment on column public.organizations.updated_by is 'Who changed it.';
comment on column public.organizations.version is 'Counts the writes.';
comment on column public.organizations.deleted_at is 'When it was removed.';
