-- What went wrong, or nearly did, at a site of any kind. It belongs to the site where it happened and stays there; the
-- residents and staff it is about are in incident_people, and may move. What is in words is sealed with the key of the
-- organization: an incident may be about several people, and about none.
--
-- Written by functions only. What was reported is never rewritten: notes, findings and lessons are entries of their own
-- (incident_followups).
create table public.incidents (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  kind public.incident_kind not null,
  severity public.incident_severity not null,
  injury_level public.incident_severity not null default 'none',
  status public.incident_status not null default 'reported',
  is_restricted boolean not null default false,
  occurred_at timestamptz not null,
  reported_at timestamptz not null default app.clock(),
  reported_by uuid not null default app.my_id(),
  request_key uuid,
  description bytea not null,
  body_map bytea,
  assigned_to uuid,
  acknowledged_at timestamptz,
  reviewed_at timestamptz,
  closed_at timestamptz,
  reopened_at timestamptz,
  timer_round integer not null default 1,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  constraint incidents_pkey primary key (org_id, id),
  constraint incidents_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint incidents_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint incidents_reported_by_fkey foreign key (reported_by) references auth.users (id),
  constraint incidents_assigned_to_fkey foreign key (org_id, assigned_to)
  references public.staff_members (org_id, user_id),
  -- What everything about an incident points at: it is where the incident is, and as restricted.
  constraint incidents_reach_key unique (org_id, id, site_id, is_restricted),
  -- What evidence points at.
  constraint incidents_site_key unique (org_id, id, site_id),
  -- 4000 characters, of up to four bytes each; 4000 bytes.
  constraint incidents_description_sealed check (app.is_sealed(description, 16081)),
  constraint incidents_body_map_sealed check (app.is_sealed(body_map, 4081)),
  constraint incidents_acknowledged check ((acknowledged_at is null) = (status = 'reported')),
  constraint incidents_closed check ((closed_at is null) = (status <> 'closed')),
  constraint incidents_timer_round_range check (timer_round between 1 and 10000)
);

create index incidents_site_id_idx on public.incidents (org_id, site_id, id);
-- What is open, newest first.
create index incidents_open_idx on public.incidents (org_id, site_id, id) where status <> 'closed';
create index incidents_reported_by_idx on public.incidents (reported_by, org_id);
create index incidents_assigned_to_idx on public.incidents (org_id, assigned_to);
-- A request that was sent again is the same report.
create unique index incidents_request_key on public.incidents (org_id, reported_by, request_key)
where request_key is not null;

create trigger _200_guard
before insert or update on public.incidents
for each row execute function app.guard_incident();

create trigger _200_keep
before update or delete on public.incidents
for each row execute function app.keep_record(
  'org_id', 'status', 'severity', 'is_restricted', 'assigned_to', 'acknowledged_at', 'reviewed_at', 'closed_at',
  'reopened_at', 'timer_round'
);

create trigger _510_follow
after insert or update on public.incidents
for each row execute function app.follow_incident();

create policy floor_restricted on public.incidents
as restrictive for select to authenticated
using (
  not is_restricted
  or org_id = (select app.org_as('org_owner', 'compliance_lead'))
  or site_id = any((select app.my_sites('manager'))::uuid[])
  or reported_by = (select app.my_id())
);
comment on policy floor_restricted on public.incidents is
'Whatever else is allowed: what is restricted is for the managers of the site, owners and compliance leads, and for
whoever reported it.';

comment on table public.incidents is
'Incidents at the sites of an organization: falls, errors, aggression, near misses.';
comment on column public.incidents.org_id is 'The organization of the site.';
comment on column public.incidents.id is 'Key within the organization.';
comment on column public.incidents.site_id is 'Where it happened. It stays there, whoever moves.';
comment on column public.incidents.kind is 'What kind of incident. PHI.';
comment on column public.incidents.severity is 'How much harm was done, or could have been. PHI.';
comment on column public.incidents.injury_level is 'The worst injury that somebody has of it. PHI.';
comment on column public.incidents.status is 'Where it stands.';
comment on column public.incidents.is_restricted is
'For managers of the site, owners, compliance leads and whoever reported it only; as safeguarding is.';
comment on column public.incidents.occurred_at is 'When it happened. PHI.';
comment on column public.incidents.reported_at is 'When it was reported; its clocks run from then.';
comment on column public.incidents.reported_by is 'Who reported it (auth.users).';
comment on column public.incidents.request_key is
'The reporter''s own key of the request, so that one sent twice is one report.';
comment on column public.incidents.description is
'What happened, 1 to 4000 characters. PHI, sealed with the organization''s key.';
comment on column public.incidents.body_map is
'Where on the body: up to 50 points {x, y, side, kind}, x and y from 0 to 1000 of the width and the height. PHI,
sealed with the organization''s key.';
comment on column public.incidents.assigned_to is 'The member of staff who looks after it; null for nobody yet.';
comment on column public.incidents.acknowledged_at is 'When somebody took it on; null until then.';
comment on column public.incidents.reviewed_at is
'When its review was last written down; null until then, and again once it is reopened.';
comment on column public.incidents.closed_at is 'When it was closed; null while it is not.';
comment on column public.incidents.reopened_at is 'When it was last opened again.';
comment on column public.incidents.timer_round is
'Counts how often its clocks were set: anew when the severity changes and when it is reopened.';
comment on column public.incidents.created_at is 'When the row was made.';
comment on column public.incidents.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.incidents.updated_at is 'When it was last changed.';
comment on column public.incidents.updated_by is 'Who changed it last, null for the system.';
comment on column public.incidents.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.incidents.deleted_at is 'When it was removed; a removed row is invisible through the API.';
