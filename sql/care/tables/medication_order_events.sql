-- What became of an order, by whom and why. The order says where it stands; this says how it came there.
create table public.medication_order_events (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  resident_id uuid not null,
  site_id uuid not null,
  order_id uuid not null,
  change public.medication_order_change not null,
  reason bytea,
  occurred_at timestamptz not null,
  done_by uuid,
  constraint medication_order_events_pkey primary key (org_id, id),
  constraint medication_order_events_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_order_events_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_order_events_order_fkey foreign key (org_id, order_id)
  references public.medication_orders (org_id, id),
  constraint medication_order_events_done_by_fkey foreign key (org_id, done_by)
  references public.staff_members (org_id, user_id),
  -- 1,000 characters, of up to four bytes each.
  constraint medication_order_events_reason_sealed check (app.is_sealed(reason, 4081))
);

create index medication_order_events_resident_idx on public.medication_order_events (org_id, resident_id, site_id);
create index medication_order_events_order_id_idx on public.medication_order_events (org_id, order_id, id);
create index medication_order_events_done_by_idx on public.medication_order_events (org_id, done_by);

create trigger _200_keep
before update or delete on public.medication_order_events
for each row execute function app.keep_record('org_id');
create trigger _210_guard
before insert on public.medication_order_events
for each row execute function app.guard_medication_words('reason');

comment on table public.medication_order_events is 'What became of each order: by whom, when and why.';
comment on column public.medication_order_events.org_id is 'The organization that houses the resident.';
comment on column public.medication_order_events.id is 'Key within the organization.';
comment on column public.medication_order_events.resident_id is 'Whose order it is.';
comment on column public.medication_order_events.site_id is 'Where the resident lives; follows them.';
comment on column public.medication_order_events.order_id is 'The order.';
comment on column public.medication_order_events.change is 'What was done with it. PHI.';
comment on column public.medication_order_events.reason is
'Why, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.medication_order_events.occurred_at is 'When. PHI.';
comment on column public.medication_order_events.done_by is
'Who did it; null: it ended with the stay, by somebody who is no member of staff.';
