-- Who has to do with an incident: residents and staff it is about, those who saw it, those who were told and when. A
-- resident is named by who they are and not by where they live: the incident stays where it happened.
create table public.incident_people (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  incident_id uuid not null,
  site_id uuid not null,
  is_restricted boolean not null default false,
  person_role public.incident_person_role not null,
  resident_id uuid,
  staff_id uuid,
  other_person bytea,
  informed_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_people_pkey primary key (org_id, id),
  constraint incident_people_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_people_incident_fkey foreign key (org_id, incident_id, site_id, is_restricted)
  references public.incidents (org_id, id, site_id, is_restricted) on update cascade,
  constraint incident_people_resident_fkey foreign key (org_id, resident_id)
  references public.residents (org_id, id),
  constraint incident_people_staff_fkey foreign key (org_id, staff_id)
  references public.staff_members (org_id, user_id),
  constraint incident_people_one_person check (num_nonnulls(resident_id, staff_id, other_person) = 1),
  constraint incident_people_informed_at_of_informed check ((informed_at is null) = (person_role <> 'informed')),
  -- 200 characters, of up to four bytes each.
  constraint incident_people_other_person_sealed check (app.is_sealed(other_person, 881))
);

create index incident_people_incident_id_idx on public.incident_people (org_id, incident_id, site_id, is_restricted);
create index incident_people_site_id_idx on public.incident_people (org_id, site_id, id);
create index incident_people_resident_id_idx on public.incident_people (org_id, resident_id, incident_id);
create index incident_people_staff_id_idx on public.incident_people (org_id, staff_id);

create trigger _200_guard
before insert or update on public.incident_people
for each row execute function app.guard_incident_person();

create trigger _200_keep
before update or delete on public.incident_people
for each row execute function app.keep_record('org_id', 'is_restricted', 'deleted_at');

create policy floor_restricted on public.incident_people
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
);
comment on policy floor_restricted on public.incident_people is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads.';

comment on table public.incident_people is
'People who were involved in an incident, saw it, or were told of it.';
comment on column public.incident_people.org_id is 'The organization of the site.';
comment on column public.incident_people.id is 'Key within the organization.';
comment on column public.incident_people.incident_id is 'The incident.';
comment on column public.incident_people.site_id is 'Where it happened.';
comment on column public.incident_people.is_restricted is 'Whether the incident is restricted; follows it.';
comment on column public.incident_people.person_role is 'What they have to do with it. PHI.';
comment on column public.incident_people.resident_id is 'The resident, if it is one.';
comment on column public.incident_people.staff_id is 'The member of staff, if it is one.';
comment on column public.incident_people.other_person is
'Anybody else: who, 1 to 200 characters. PHI, sealed with the organization''s key.';
comment on column public.incident_people.informed_at is 'When they were told, for who was told. PHI.';
comment on column public.incident_people.created_at is 'When the row was made.';
comment on column public.incident_people.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_people.updated_at is 'When it was last changed.';
comment on column public.incident_people.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_people.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_people.deleted_at is
'When it was removed; a removed row is invisible through the API.';
