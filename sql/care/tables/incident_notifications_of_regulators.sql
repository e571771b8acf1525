-- That a regulator has to be told of an incident, by when, and when it was: the statutory clock. Made from the rules of
-- the organization (incident_regulator_rules) when the incident is reported.
create table public.incident_notifications_of_regulators (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  incident_id uuid not null,
  site_id uuid not null,
  is_restricted boolean not null default false,
  regulator text not null,
  due_at timestamptz not null,
  notified_at timestamptz,
  notified_by uuid,
  reference text,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_notifications_of_regulators_pkey primary key (org_id, id),
  constraint incident_notifications_of_regulators_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_notifications_of_regulators_incident_fkey
  foreign key (org_id, incident_id, site_id, is_restricted)
  references public.incidents (org_id, id, site_id, is_restricted) on update cascade,
  constraint incident_notifications_of_regulators_regulator_length check (length(regulator) between 1 and 100),
  constraint incident_notifications_of_regulators_reference_length check (length(reference) between 1 and 100),
  constraint incident_notifications_of_regulators_notified check (
    (notified_at is null) = (notified_by is null) and (reference is null or notified_at is not null)
  ),
  -- One for each regulator; also what a rule asks for twice.
  constraint incident_notifications_of_regulators_once_key unique (org_id, incident_id, regulator)
);

create index incident_notifications_of_regulators_incident_id_idx
on public.incident_notifications_of_regulators (org_id, incident_id, site_id, is_restricted);
create index incident_notifications_of_regulators_due_idx
on public.incident_notifications_of_regulators (org_id, site_id, due_at) where notified_at is null;

create trigger _200_keep
before update or delete on public.incident_notifications_of_regulators
for each row execute function app.keep_record('org_id', 'is_restricted', 'notified_at', 'notified_by', 'reference');

create trigger _510_follow
after update on public.incident_notifications_of_regulators
for each row when (new.notified_at is not null) execute function app.follow_regulator_notification();

create policy floor_restricted on public.incident_notifications_of_regulators
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
);
comment on policy floor_restricted on public.incident_notifications_of_regulators is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads.';

comment on table public.incident_notifications_of_regulators is
'Regulators who have to be told of an incident, by when, and when they were.';
comment on column public.incident_notifications_of_regulators.org_id is 'The organization of the site.';
comment on column public.incident_notifications_of_regulators.id is 'Key within the organization.';
comment on column public.incident_notifications_of_regulators.incident_id is 'The incident.';
comment on column public.incident_notifications_of_regulators.site_id is 'Where it happened.';
comment on column public.incident_notifications_of_regulators.is_restricted is
'Whether the incident is restricted; follows it.';
comment on column public.incident_notifications_of_regulators.regulator is 'Who has to be told, 1 to 100 characters.';
comment on column public.incident_notifications_of_regulators.due_at is 'By when.';
comment on column public.incident_notifications_of_regulators.notified_at is 'When they were told; null until then.';
comment on column public.incident_notifications_of_regulators.notified_by is 'Who told them (auth.users).';
comment on column public.incident_notifications_of_regulators.reference is
'The regulator''s own number of it, 1 to 100 characters. Nothing about a person.';
comment on column public.incident_notifications_of_regulators.created_at is 'When the row was made.';
comment on column public.incident_notifications_of_regulators.created_by is
'Who made it (auth.users), null for the system.';
comment on column public.incident_notifications_of_regulators.updated_at is 'When it was last changed.';
comment on column public.incident_notifications_of_regulators.updated_by is
'Who changed it last, null for the system.';
comment on column public.incident_notifications_of_regulators.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_notifications_of_regulators.deleted_at is
'When it was removed; a removed row is invisible through the API.';
