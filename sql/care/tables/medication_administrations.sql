-- What became of a dose, or that one was given as needed: FHIR MedicationAdministration. A controlled drug counts as
-- given when two different people have signed, each in their own session: that is a constraint here and not a rule of
-- some function. A later and better account of a dose is another row, which names the one it replaces.
create table public.medication_administrations (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  order_id uuid not null,
  dose_id uuid,
  is_controlled boolean not null,
  status public.medication_administration_status not null,
  reason_code public.medication_reason,
  note bytea,
  quantity numeric(10, 3),
  occurred_at timestamptz not null,
  administered_by uuid,
  witnessed_by uuid,
  witnessed_at timestamptz,
  replaces_id uuid,
  superseded_at timestamptz,
  request_key uuid,
  effect_due_at timestamptz,
  reminded_at timestamptz,
  witness_reminded_at timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  retracted_by uuid,
  retraction_reason public.medication_retraction_reason,
  constraint medication_administrations_pkey primary key (org_id, id),
  constraint medication_administrations_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_administrations_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_administrations_order_fkey foreign key (org_id, order_id, is_controlled)
  references public.medication_orders (org_id, id, is_controlled),
  constraint medication_administrations_dose_fkey foreign key (org_id, dose_id)
  references public.medication_doses (org_id, id),
  constraint medication_administrations_replaces_fkey foreign key (org_id, replaces_id)
  references public.medication_administrations (org_id, id),
  constraint medication_administrations_administered_by_fkey foreign key (org_id, administered_by)
  references public.staff_members (org_id, user_id),
  constraint medication_administrations_witnessed_by_fkey foreign key (org_id, witnessed_by)
  references public.staff_members (org_id, user_id),
  constraint medication_administrations_retracted_by_fkey foreign key (org_id, retracted_by)
  references public.staff_members (org_id, user_id),
  constraint medication_administrations_retracted_with_reason check (
    (retracted_by is null) = (retraction_reason is null)
    and (retracted_by is null or (superseded_at is not null and status in ('given', 'refused', 'withheld')))
  ),
  constraint medication_administrations_two_signatures check (
    not is_controlled or status <> 'given'
    or (administered_by is not null and witnessed_by is not null and witnessed_at is not null)
  ),
  constraint medication_administrations_witness_is_another check (witnessed_by <> administered_by),
  constraint medication_administrations_waits_if_controlled check (
    is_controlled or status not in ('awaiting_witness', 'not_witnessed')
  ),
  constraint medication_administrations_signed check (status = 'missed' or administered_by is not null),
  constraint medication_administrations_reason_if_not_given check (
    (status in ('refused', 'withheld')) = (reason_code is not null)
  ),
  constraint medication_administrations_quantity_if_given check (
    (status in ('given', 'awaiting_witness', 'not_witnessed')) = (quantity is not null)
  ),
  constraint medication_administrations_quantity_positive check (quantity > 0),
  -- 1,000 characters, of up to four bytes each.
  constraint medication_administrations_note_sealed check (app.is_sealed(note, 4081))
);

create index medication_administrations_resident_idx
on public.medication_administrations (org_id, resident_id, site_id, occurred_at);
create index medication_administrations_order_idx
on public.medication_administrations (org_id, order_id, is_controlled, occurred_at);
create index medication_administrations_dose_id_idx on public.medication_administrations (org_id, dose_id);
-- One account of each dose holds: nobody is given it twice.
create unique index medication_administrations_dose_key
on public.medication_administrations (org_id, dose_id) where superseded_at is null;
create index medication_administrations_replaces_id_idx on public.medication_administrations (org_id, replaces_id);
create unique index medication_administrations_request_key
on public.medication_administrations (org_id, administered_by, request_key);
create index medication_administrations_witnessed_by_idx on public.medication_administrations (org_id, witnessed_by);
create index medication_administrations_retracted_by_idx on public.medication_administrations (org_id, retracted_by);
create index medication_administrations_waiting_idx
on public.medication_administrations (org_id, site_id, occurred_at) where status = 'awaiting_witness';
create index medication_administrations_effect_due_at_idx
on public.medication_administrations (org_id, effect_due_at) where reminded_at is null and effect_due_at is not null;

create trigger _200_keep
before update or delete on public.medication_administrations
for each row execute function app.keep_record(
  'org_id', 'status', 'witnessed_by', 'witnessed_at', 'superseded_at', 'reminded_at', 'witness_reminded_at',
  'retracted_by', 'retraction_reason'
);
create trigger _210_keep_signed
before update on public.medication_administrations
for each row when (old.status <> 'awaiting_witness') execute function app.keep_record(
  'org_id', 'superseded_at', 'reminded_at', 'witness_reminded_at', 'retracted_by', 'retraction_reason'
);
create trigger _220_keep_retracted
before update on public.medication_administrations
for each row when (old.retracted_by is not null) execute function app.keep_record('org_id');
create trigger _230_guard
before insert on public.medication_administrations
for each row execute function app.guard_medication_words('note');
create trigger _240_signatures_insert
before insert on public.medication_administrations
for each row when (new.status = 'awaiting_witness') execute function app.guard_two_signatures('administered_by');
create trigger _240_signatures_update
before update of witnessed_by on public.medication_administrations
for each row when (new.witnessed_by is distinct from old.witnessed_by)
execute function app.guard_two_signatures('administered_by');

comment on table public.medication_administrations is 'What became of doses (FHIR MedicationAdministration).';
comment on column public.medication_administrations.org_id is 'The organization that houses the resident.';
comment on column public.medication_administrations.id is 'Key within the organization.';
comment on column public.medication_administrations.resident_id is 'Who was, or was to be, given it.';
comment on column public.medication_administrations.site_id is 'Where the resident lives; follows them.';
comment on column public.medication_administrations.order_id is 'By which order.';
comment on column public.medication_administrations.dose_id is 'Which planned dose; null: given as needed.';
comment on column public.medication_administrations.is_controlled is 'As the order says. PHI.';
comment on column public.medication_administrations.status is
'given, refused, withheld, missed; of a controlled drug awaiting_witness until a second person signs. PHI.';
comment on column public.medication_administrations.reason_code is 'Why it was refused or withheld. PHI.';
comment on column public.medication_administrations.note is
'What was said or seen, or why it was needed, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.medication_administrations.quantity is 'How much, in the unit of the order. PHI.';
comment on column public.medication_administrations.occurred_at is
'When it was given, refused or withheld; of a missed dose when its time was over. PHI.';
comment on column public.medication_administrations.administered_by is 'Who gave or offered it; null where nobody did.';
comment on column public.medication_administrations.witnessed_by is 'Who signed as the second person, or declined to.';
comment on column public.medication_administrations.witnessed_at is 'When they did.';
comment on column public.medication_administrations.replaces_id is 'The earlier account that this one replaces.';
comment on column public.medication_administrations.superseded_at is 'When it ceased to hold; null while it does.';
comment on column public.medication_administrations.request_key is 'Its request: sent again, it records nothing.';
comment on column public.medication_administrations.effect_due_at is
'As needed: when somebody is to look whether it helped. PHI.';
comment on column public.medication_administrations.reminded_at is
'When whoever gave it was asked for its effect, or nobody had to be.';
comment on column public.medication_administrations.witness_reminded_at is 'When others were told that it waits.';
comment on column public.medication_administrations.created_at is 'When the row was made.';
comment on column public.medication_administrations.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.medication_administrations.updated_at is 'When it was last changed.';
comment on column public.medication_administrations.updated_by is 'Who changed it last, null for the system.';
comment on column public.medication_administrations.version is
'Counts the writes; send back the one you read to learn of a change by another.';
comment on column public.medication_administrations.retracted_by is 'Who took it back (FHIR: entered-in-error).';
comment on column public.medication_administrations.retraction_reason is 'What was wrong. PHI.';
