-- What was written down about an incident after it was reported: notes, what the review found, what was learned, why it
-- was opened again. Entries stay as they were written.
create table public.incident_followups (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  incident_id uuid not null,
  site_id uuid not null,
  is_restricted boolean not null default false,
  kind public.incident_followup_kind not null default 'note',
  note bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incident_followups_pkey primary key (org_id, id),
  constraint incident_followups_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incident_followups_incident_fkey foreign key (org_id, incident_id, site_id, is_restricted)
  references public.incidents (org_id, id, site_id, is_restricted) on update cascade,
  -- 4000 characters, of up to four bytes each.
  constraint incident_followups_note_sealed check (app.is_sealed(note, 16081))
);

create index incident_followups_incident_id_idx
on public.incident_followups (org_id, incident_id, site_id, is_restricted);
create index incident_followups_site_id_idx on public.incident_followups (org_id, site_id, id);

create trigger _200_guard
before insert on public.incident_followups
for each row execute function app.guard_incident_followup();

create trigger _200_keep
before update or delete on public.incident_followups
for each row execute function app.keep_record('org_id', 'is_restricted');

create policy floor_restricted on public.incident_followups
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
);
comment on policy floor_restricted on public.incident_followups is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads.';

comment on table public.incident_followups is
'Notes, findings and lessons about incidents.';
comment on column public.incident_followups.org_id is 'The organization of the site.';
comment on column public.incident_followups.id is 'Key within the organization.';
comment on column public.incident_followups.incident_id is 'The incident.';
comment on column public.incident_followups.site_id is 'Where it happened.';
comment on column public.incident_followups.is_restricted is 'Whether the incident is restricted; follows it.';
comment on column public.incident_followups.kind is 'What kind of entry it is.';
comment on column public.incident_followups.note is
'What was written, 1 to 4000 characters. PHI, sealed with the organization''s key.';
comment on column public.incident_followups.created_at is 'When the row was made.';
comment on column public.incident_followups.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incident_followups.updated_at is 'When it was last changed.';
comment on column public.incident_followups.updated_by is 'Who changed it last, null for the system.';
comment on column public.incident_followups.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incident_followups.deleted_at is
'When it was removed; a removed row is invisible through the API.';
