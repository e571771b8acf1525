-- What changed in the workload and is not in app.provider_workload_days yet. Written by triggers in the transaction of
-- the change, so that the live figure (days and deltas, read in one statement) is exact from the commit on and nobody
-- waits for a counter that others count on. Folding deletes a row and adds it to its day in one transaction: it takes
-- only what is committed, so nothing is lost or doubled, in whatever order transactions end.
-- No stamp columns: a row is appended and folded, never changed.
create table app.provider_workload_deltas (
  org_id uuid not null,
  practitioner_id uuid not null,
  id uuid not null default app.uuid_v7(),
  day date not null,
  encounters integer not null default 0,
  questions integer not null default 0,
  constraint provider_workload_deltas_pkey primary key (org_id, practitioner_id, id),
  -- None to the practitioner: what is counted refers to one, and this is only on its way.
  constraint provider_workload_deltas_org_id_fkey foreign key (org_id) references public.organizations (id)
) with (autovacuum_vacuum_scale_factor = 0.05);

-- The encounters are of the room below, which knows nothing of workload: it is this room that watches them.
create trigger _510_count_inserted
after insert on public.encounters
referencing new table as new_rows
for each statement execute function app.count_encounters();

create trigger _510_count_updated
after update on public.encounters
referencing old table as old_rows new table as new_rows
for each statement execute function app.count_encounters();

create trigger _510_count_deleted
after delete on public.encounters
referencing old table as old_rows
for each statement execute function app.count_encounters();

comment on table app.provider_workload_deltas is
'Changes of the workload that are not folded into provider_workload_days yet.';
comment on column app.provider_workload_deltas.org_id is 'The organization.';
comment on column app.provider_workload_deltas.practitioner_id is 'Whose workload.';
comment on column app.provider_workload_deltas.id is 'Tells the changes of one practitioner apart.';
comment on column app.provider_workload_deltas.day is 'The day of the work, in the organization''s time zone.';
comment on column app.provider_workload_deltas.encounters is 'How many encounters more, or fewer.';
comment on column app.provider_workload_deltas.questions is 'How many claimed questions more, or fewer.';
