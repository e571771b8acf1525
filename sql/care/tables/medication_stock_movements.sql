-- What came in and what went out, line by line; of controlled drugs this is the register. A line has a number and the
-- quantity that is left once it is confirmed, at once or by a second person; from then on it never changes. A mistake
-- is put right by another line.
create table public.medication_stock_movements (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  site_id uuid not null,
  resident_id uuid,
  stock_id uuid not null,
  is_controlled boolean not null,
  kind public.stock_movement_kind not null,
  quantity numeric(10, 3) not null,
  status public.signature_status not null,
  entry_number integer,
  quantity_after numeric(12, 3),
  administration_id uuid,
  discrepancy_id uuid,
  note bytea,
  occurred_at timestamptz not null,
  recorded_by uuid not null,
  witnessed_by uuid,
  witnessed_at timestamptz,
  request_key uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  retracted_administration_id uuid,
  constraint medication_stock_movements_pkey primary key (org_id, id),
  constraint medication_stock_movements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_stock_movements_site_fkey foreign key (org_id, site_id) references public.sites (org_id, id),
  constraint medication_stock_movements_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_stock_movements_stock_fkey foreign key (org_id, stock_id, is_controlled)
  references public.medication_stock (org_id, id, is_controlled),
  constraint medication_stock_movements_administration_fkey foreign key (org_id, administration_id)
  references public.medication_administrations (org_id, id),
  constraint medication_stock_movements_discrepancy_fkey foreign key (org_id, discrepancy_id)
  references public.medication_discrepancies (org_id, id),
  constraint medication_stock_movements_retracted_fkey foreign key (org_id, retracted_administration_id)
  references public.medication_administrations (org_id, id),
  constraint medication_stock_movements_recorded_by_fkey foreign key (org_id, recorded_by)
  references public.staff_members (org_id, user_id),
  constraint medication_stock_movements_witnessed_by_fkey foreign key (org_id, witnessed_by)
  references public.staff_members (org_id, user_id),
  constraint medication_stock_movements_two_signatures check (
    not is_controlled or status <> 'confirmed' or (witnessed_by is not null and witnessed_at is not null)
  ),
  constraint medication_stock_movements_witness_is_another check (witnessed_by <> recorded_by),
  constraint medication_stock_movements_numbered_once_confirmed check (
    (status = 'confirmed') = (entry_number is not null) and (status = 'confirmed') = (quantity_after is not null)
  ),
  constraint medication_stock_movements_never_below_nothing check (quantity_after >= 0),
  constraint medication_stock_movements_direction check (
    case kind when 'received' then quantity > 0 when 'adjusted' then quantity <> 0 else quantity < 0 end
  ),
  constraint medication_stock_movements_of_administration check (
    (kind = 'administered') = (administration_id is not null)
  ),
  constraint medication_stock_movements_adjusted_for_one_reason check (
    num_nonnulls(discrepancy_id, retracted_administration_id) = case kind when 'adjusted' then 1 else 0 end
  ),
  -- 500 characters, of up to four bytes each.
  constraint medication_stock_movements_note_sealed check (app.is_sealed(note, 2081))
);

create index medication_stock_movements_resident_idx
on public.medication_stock_movements (org_id, resident_id, site_id);
create index medication_stock_movements_site_id_idx on public.medication_stock_movements (org_id, site_id, occurred_at);
-- The running quantity: each number once, whoever writes at the same time.
create unique index medication_stock_movements_entry_number_key
on public.medication_stock_movements (org_id, stock_id, is_controlled, entry_number);
create index medication_stock_movements_waiting_idx
on public.medication_stock_movements (org_id, stock_id) where status = 'awaiting_witness';
create unique index medication_stock_movements_administration_key
on public.medication_stock_movements (org_id, administration_id);
create index medication_stock_movements_discrepancy_idx on public.medication_stock_movements (org_id, discrepancy_id);
-- What was not given after all is put back once.
create unique index medication_stock_movements_retracted_key
on public.medication_stock_movements (org_id, retracted_administration_id);
-- A discrepancy is put right once.
create unique index medication_stock_movements_discrepancy_key
on public.medication_stock_movements (org_id, discrepancy_id)
where status <> 'declined';
create index medication_stock_movements_witnessed_by_idx on public.medication_stock_movements (org_id, witnessed_by);
create unique index medication_stock_movements_request_key
on public.medication_stock_movements (org_id, recorded_by, request_key);

create trigger _200_keep
before update or delete on public.medication_stock_movements
for each row execute function app.keep_record(
  'org_id', 'status', 'witnessed_by', 'witnessed_at', 'entry_number', 'quantity_after'
);
create trigger _210_keep_signed
before update on public.medication_stock_movements
for each row when (old.status <> 'awaiting_witness') execute function app.keep_record('org_id');
create trigger _230_guard
before insert on public.medication_stock_movements
for each row execute function app.guard_medication_words('note');
create trigger _500_number
before insert or update of status on public.medication_stock_movements
for each row execute function app.number_stock_movement();
create trigger _240_signatures_insert
before insert on public.medication_stock_movements
for each row when (new.status = 'awaiting_witness') execute function app.guard_two_signatures('recorded_by');
create trigger _240_signatures_update
before update of witnessed_by on public.medication_stock_movements
for each row when (new.witnessed_by is distinct from old.witnessed_by)
execute function app.guard_two_signatures('recorded_by');

comment on table public.medication_stock_movements is
'What came in and went out of each stock, with what was left: of controlled drugs the register.';
comment on column public.medication_stock_movements.org_id is 'The organization that houses the resident.';
comment on column public.medication_stock_movements.id is 'Key within the organization.';
comment on column public.medication_stock_movements.site_id is 'Where it is kept; follows the resident whose it is.';
comment on column public.medication_stock_movements.resident_id is 'Whose it is; null for a homely remedy of the site.';
comment on column public.medication_stock_movements.stock_id is 'Of what.';
comment on column public.medication_stock_movements.is_controlled is 'As the stock says. PHI.';
comment on column public.medication_stock_movements.kind is 'received, administered, returned, destroyed, adjusted.';
comment on column public.medication_stock_movements.quantity is
'How much, in the unit of the stock; below zero: out. PHI.';
comment on column public.medication_stock_movements.status is
'confirmed, or awaiting_witness until a second person signs, who may decline. PHI.';
comment on column public.medication_stock_movements.entry_number is
'Its line in the register of the stock, from 1; null until it is confirmed.';
comment on column public.medication_stock_movements.quantity_after is
'What is left after it; null until it is confirmed. PHI.';
comment on column public.medication_stock_movements.administration_id is 'What it was given for.';
comment on column public.medication_stock_movements.discrepancy_id is 'The discrepancy that it puts right.';
comment on column public.medication_stock_movements.note is
'Delivery, batch, why it was destroyed: 1 to 500 characters. PHI, sealed with the organization''s key.';
comment on column public.medication_stock_movements.occurred_at is 'When it happened. PHI.';
comment on column public.medication_stock_movements.recorded_by is 'Who recorded it: the first signature.';
comment on column public.medication_stock_movements.witnessed_by is
'Who signed as the second person, or declined to; null where one signature is enough.';
comment on column public.medication_stock_movements.witnessed_at is 'When they did.';
comment on column public.medication_stock_movements.request_key is
'The key of the request that recorded it: sent again, it records nothing more.';
comment on column public.medication_stock_movements.created_at is 'When the row was made.';
comment on column public.medication_stock_movements.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_stock_movements.updated_at is 'When it was last changed.';
comment on column public.medication_stock_movements.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_stock_movements.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.medication_stock_movements.retracted_administration_id is
'The administration that was recorded in error, for which it puts back what was never taken.';
