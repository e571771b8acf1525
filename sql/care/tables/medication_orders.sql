-- What somebody is to be given: FHIR MedicationRequest. Never rewritten: a change is a new order that names the one it
-- replaces; only its status and its end change. Either it has times of day, or it is as needed and has limits.
create table public.medication_orders (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  stock_id uuid,
  replaces_id uuid,
  status public.medication_order_status not null default 'active',
  is_controlled boolean not null default false,
  is_as_needed boolean not null default false,
  route public.medication_route not null,
  details bytea not null,
  dose_quantity numeric(10, 3) not null,
  unit text not null,
  times_of_day time[],
  weekdays smallint[],
  every_days smallint,
  window_minutes smallint not null default 60,
  min_interval_minutes integer,
  max_quantity_24_hours numeric(10, 3),
  effect_after_minutes smallint,
  starts_at timestamptz not null,
  ends_at timestamptz,
  request_key uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  constraint medication_orders_pkey primary key (org_id, id),
  constraint medication_orders_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_orders_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_orders_stock_fkey foreign key (org_id, stock_id, resident_id, is_controlled)
  references public.medication_stock (org_id, id, resident_id, is_controlled),
  constraint medication_orders_replaces_fkey foreign key (org_id, replaces_id)
  references public.medication_orders (org_id, id),
  -- What administrations point at, so that none can say that its drug is not a controlled one.
  constraint medication_orders_controlled_key unique (org_id, id, is_controlled),
  constraint medication_orders_controlled_has_stock check (not is_controlled or stock_id is not null),
  -- Five texts of 200 to 1,000 characters.
  constraint medication_orders_details_sealed check (app.is_sealed(details, 9000)),
  constraint medication_orders_dose_quantity_positive check (dose_quantity > 0),
  constraint medication_orders_unit_length check (length(unit) between 1 and 30),
  constraint medication_orders_times_or_as_needed check (is_as_needed = (times_of_day is null)),
  constraint medication_orders_times_of_day_some check (
    cardinality(times_of_day) between 1 and 24 and array_position(times_of_day, null) is null
  ),
  constraint medication_orders_weekdays_known check (
    cardinality(weekdays) between 1 and 7 and weekdays <@ '{1,2,3,4,5,6,7}'
  ),
  constraint medication_orders_every_days_range check (every_days between 1 and 90),
  constraint medication_orders_one_pattern_of_days check (weekdays is null or every_days is null),
  constraint medication_orders_window_minutes_range check (window_minutes between 15 and 720),
  constraint medication_orders_as_needed_has_limits check (
    is_as_needed = (min_interval_minutes is not null) and is_as_needed = (max_quantity_24_hours is not null)
    and is_as_needed = (effect_after_minutes is not null)
  ),
  constraint medication_orders_min_interval_minutes_range check (min_interval_minutes between 1 and 10080),
  constraint medication_orders_max_quantity_takes_a_dose check (max_quantity_24_hours >= dose_quantity),
  constraint medication_orders_effect_after_minutes_range check (effect_after_minutes between 5 and 720),
  constraint medication_orders_end_after_start check (ends_at >= starts_at)
);

create index medication_orders_resident_idx on public.medication_orders (org_id, resident_id, site_id, status);
create index medication_orders_site_id_idx on public.medication_orders (org_id, site_id, status, id);
create index medication_orders_stock_idx
on public.medication_orders (org_id, stock_id, resident_id, is_controlled);
-- An order is replaced once: of two changes at the same time the second is refused.
create unique index medication_orders_replaces_key on public.medication_orders (org_id, replaces_id);
create unique index medication_orders_request_key on public.medication_orders (org_id, created_by, request_key);

create trigger _200_keep
before update or delete on public.medication_orders
for each row execute function app.keep_record('org_id', 'status', 'ends_at');
create trigger _210_guard
before insert on public.medication_orders
for each row execute function app.guard_medication_order();
create trigger _220_gone
before insert on public.medication_orders
for each row execute function app.guard_gone_resident();

comment on table public.medication_orders is 'What residents are to be given, and when (FHIR MedicationRequest).';
comment on column public.medication_orders.org_id is 'The organization that houses the resident.';
comment on column public.medication_orders.id is 'Key within the organization.';
comment on column public.medication_orders.resident_id is 'Whose order it is.';
comment on column public.medication_orders.site_id is 'Where the resident lives; follows them.';
comment on column public.medication_orders.stock_id is
'The resident''s own stock that it is given from; null where none is counted.';
comment on column public.medication_orders.replaces_id is 'The order that this one changed.';
comment on column public.medication_orders.status is
'active, paused or stopped; whether it is in force also depends on starts_at and ends_at. PHI.';
comment on column public.medication_orders.is_controlled is
'Whether it is a controlled drug, which two people sign for. PHI.';
comment on column public.medication_orders.is_as_needed is
'Given when needed, within limits, and not at times of day. PHI.';
comment on column public.medication_orders.route is 'How it gets into the body. PHI.';
comment on column public.medication_orders.details is
'name, dose, indication, instructions, prescriber as a document. PHI, sealed with the resident''s own key.';
comment on column public.medication_orders.dose_quantity is 'How much is given at once, in its unit. PHI.';
comment on column public.medication_orders.unit is
'Of what, 1 to 30 characters: tablet, ml, patch; that of the stock. PHI.';
comment on column public.medication_orders.times_of_day is
'When each day, by the clocks of the site; null: as needed. PHI.';
comment on column public.medication_orders.weekdays is
'On which days of the week only, 1 Monday to 7 Sunday; null: on all. PHI.';
comment on column public.medication_orders.every_days is
'Every so many days, counted from the day it starts; null: on all. PHI.';
comment on column public.medication_orders.window_minutes is
'So many minutes before and after its time a dose may be given; later, it is missed.';
comment on column public.medication_orders.min_interval_minutes is
'As needed: so many minutes must be between two doses. PHI.';
comment on column public.medication_orders.max_quantity_24_hours is
'As needed: no more than this within any 24 hours, in its unit. PHI.';
comment on column public.medication_orders.effect_after_minutes is
'As needed: so many minutes after it, somebody looks whether it helped.';
comment on column public.medication_orders.starts_at is 'From when on it is given. PHI.';
comment on column public.medication_orders.ends_at is 'Not any more from then on; null: until somebody stops it. PHI.';
comment on column public.medication_orders.request_key is
'The key of the request that made it: sent again, it makes nothing more.';
comment on column public.medication_orders.created_at is 'When the row was made.';
comment on column public.medication_orders.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_orders.updated_at is 'When it was last changed.';
comment on column public.medication_orders.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_orders.version is
'Counts the writes; send back the one you read to learn of a change by another.';
