-- What a site keeps of one medicine: a resident's own, or a homely remedy of the site. How much there is now is in the
-- movements. A controlled drug is always somebody's own: its register is kept for one resident and one drug.
create table public.medication_stock (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  resident_id uuid,
  is_controlled boolean not null default false,
  medication_name bytea,
  remedy_name text,
  unit text not null,
  reorder_quantity numeric(10, 3),
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  deleted_at timestamptz,
  request_key uuid,
  constraint medication_stock_pkey primary key (org_id, id),
  constraint medication_stock_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_stock_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint medication_stock_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  -- What orders, movements and counts point at: none of them can say otherwise whose it is or whether it is controlled.
  constraint medication_stock_order_key unique (org_id, id, resident_id, is_controlled),
  constraint medication_stock_controlled_key unique (org_id, id, is_controlled),
  constraint medication_stock_controlled_of_somebody check (not is_controlled or resident_id is not null),
  constraint medication_stock_named_once check ((resident_id is null) = (remedy_name is not null)),
  constraint medication_stock_name_of_residents check ((resident_id is null) = (medication_name is null)),
  -- 200 characters, of up to four bytes each.
  constraint medication_stock_medication_name_sealed check (app.is_sealed(medication_name, 881)),
  constraint medication_stock_remedy_name_length check (length(remedy_name) between 1 and 200),
  constraint medication_stock_unit_length check (length(unit) between 1 and 30),
  constraint medication_stock_reorder_quantity_positive check (reorder_quantity > 0)
);

create index medication_stock_resident_idx on public.medication_stock (org_id, resident_id, site_id);
create index medication_stock_site_id_idx on public.medication_stock (org_id, site_id, id);
create unique index medication_stock_request_key on public.medication_stock (org_id, created_by, request_key);

create trigger _200_keep
before update or delete on public.medication_stock
for each row execute function app.keep_record('org_id', 'reorder_quantity', 'deleted_at');
create trigger _210_guard
before insert on public.medication_stock
for each row execute function app.guard_medication_stock();

comment on table public.medication_stock is
'What sites keep of each medicine, for one resident or, as a homely remedy, for all.';
comment on column public.medication_stock.org_id is 'The organization that houses the resident.';
comment on column public.medication_stock.id is 'Key within the organization.';
comment on column public.medication_stock.site_id is 'Where it is kept; follows the resident whose it is.';
comment on column public.medication_stock.resident_id is 'Whose it is; null for a homely remedy of the site.';
comment on column public.medication_stock.is_controlled is
'Whether it is a controlled drug: nothing of it moves without two signatures.';
comment on column public.medication_stock.medication_name is
'Name, strength and form, 1 to 200 characters. PHI, sealed with the resident''s own key.';
comment on column public.medication_stock.remedy_name is
'The same for a homely remedy, in clear: it says nothing about anybody.';
comment on column public.medication_stock.unit is 'What is counted, 1 to 30 characters: tablet, ml, patch.';
comment on column public.medication_stock.reorder_quantity is
'When no more than this is left, more is to be ordered; null: nobody asked.';
comment on column public.medication_stock.created_at is 'When the row was made.';
comment on column public.medication_stock.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_stock.updated_at is 'When it was last changed.';
comment on column public.medication_stock.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_stock.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.medication_stock.deleted_at is
'When it was removed; a removed row is invisible through the API.';
comment on column public.medication_stock.request_key is
'The key of the request that began it: sent again, it begins no other.';
