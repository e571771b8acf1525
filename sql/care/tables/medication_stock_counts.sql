-- What somebody counted, beside what should have been there. Nothing is put right by counting: a difference opens a
-- discrepancy, which is explained, and only then adjusted.
create table public.medication_stock_counts (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  resident_id uuid,
  stock_id uuid not null,
  is_controlled boolean not null,
  expected_quantity numeric(12, 3) not null,
  counted_quantity numeric(12, 3) not null,
  difference numeric(12, 3) generated always as (counted_quantity - expected_quantity) stored,
  status public.signature_status not null,
  counted_at timestamptz not null,
  recorded_by uuid not null,
  witnessed_by uuid,
  witnessed_at timestamptz,
  request_key uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint medication_stock_counts_pkey primary key (org_id, id),
  constraint medication_stock_counts_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_stock_counts_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint medication_stock_counts_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_stock_counts_stock_fkey foreign key (org_id, stock_id, is_controlled)
  references public.medication_stock (org_id, id, is_controlled),
  constraint medication_stock_counts_recorded_by_fkey foreign key (org_id, recorded_by)
  references public.staff_members (org_id, user_id),
  constraint medication_stock_counts_witnessed_by_fkey foreign key (org_id, witnessed_by)
  references public.staff_members (org_id, user_id),
  constraint medication_stock_counts_two_signatures check (
    not is_controlled or status <> 'confirmed' or (witnessed_by is not null and witnessed_at is not null)
  ),
  constraint medication_stock_counts_witness_is_another check (witnessed_by <> recorded_by),
  constraint medication_stock_counts_counted_quantity_range check (counted_quantity between 0 and 999999)
);

create index medication_stock_counts_resident_idx on public.medication_stock_counts (org_id, resident_id, site_id);
create index medication_stock_counts_site_id_idx on public.medication_stock_counts (org_id, site_id, counted_at);
create index medication_stock_counts_stock_idx
on public.medication_stock_counts (org_id, stock_id, is_controlled, counted_at);
create index medication_stock_counts_witnessed_by_idx on public.medication_stock_counts (org_id, witnessed_by);
create unique index medication_stock_counts_request_key
on public.medication_stock_counts (org_id, recorded_by, request_key);

create trigger _200_keep
before update or delete on public.medication_stock_counts
for each row execute function app.keep_record('org_id', 'status', 'witnessed_by', 'witnessed_at', 'difference');
create trigger _210_keep_signed
before update on public.medication_stock_counts
for each row when (old.status <> 'awaiting_witness') execute function app.keep_record('org_id', 'difference');
create trigger _240_signatures_insert
before insert on public.medication_stock_counts
for each row when (new.status = 'awaiting_witness') execute function app.guard_two_signatures('recorded_by');
create trigger _240_signatures_update
before update of witnessed_by on public.medication_stock_counts
for each row when (new.witnessed_by is distinct from old.witnessed_by)
execute function app.guard_two_signatures('recorded_by');

comment on table public.medication_stock_counts is 'What was counted of each stock, and what should have been there.';
comment on column public.medication_stock_counts.org_id is 'The organization that houses the resident.';
comment on column public.medication_stock_counts.id is 'Key within the organization.';
comment on column public.medication_stock_counts.site_id is 'Where it is kept; follows the resident whose it is.';
comment on column public.medication_stock_counts.resident_id is 'Whose it is; null for a homely remedy of the site.';
comment on column public.medication_stock_counts.stock_id is 'Of what.';
comment on column public.medication_stock_counts.is_controlled is 'As the stock says. PHI.';
comment on column public.medication_stock_counts.expected_quantity is
'What should have been there by the movements, in the unit of the stock. PHI.';
comment on column public.medication_stock_counts.counted_quantity is 'What was there. PHI.';
comment on column public.medication_stock_counts.difference is 'Counted less expected. PHI.';
comment on column public.medication_stock_counts.status is
'confirmed, or awaiting_witness until a second person signs, who may decline. PHI.';
comment on column public.medication_stock_counts.counted_at is 'When it was counted. PHI.';
comment on column public.medication_stock_counts.recorded_by is 'Who recorded it: the first signature.';
comment on column public.medication_stock_counts.witnessed_by is
'Who signed as the second person, or declined to; null where one signature is enough.';
comment on column public.medication_stock_counts.witnessed_at is 'When they did.';
comment on column public.medication_stock_counts.request_key is
'The key of the request that recorded it: sent again, it records nothing more.';
comment on column public.medication_stock_counts.created_at is 'When the row was made.';
comment on column public.medication_stock_counts.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_stock_counts.updated_at is 'When it was last changed.';
comment on column public.medication_stock_counts.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_stock_counts.version is
'Counts the writes; send back the one you read to learn of a change by another.';
