-- Who came in, read a handover and says so: once each, and never taken back.
create table public.handover_acknowledgements (
  org_id uuid not null default app.current_org(),
  handover_id uuid not null,
  user_id uuid not null default auth.uid(),
  site_id uuid not null,
  acknowledged_at timestamptz not null default app.clock(),
  item_count integer not null,
  constraint handover_acknowledgements_pkey primary key (org_id, handover_id, user_id),
  constraint handover_acknowledgements_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint handover_acknowledgements_handover_fkey foreign key (org_id, handover_id, site_id)
  references public.handovers (org_id, id, site_id),
  constraint handover_acknowledgements_user_fkey foreign key (org_id, user_id)
  references public.staff_members (org_id, user_id),
  constraint handover_acknowledgements_item_count_range check (item_count between 0 and 100000)
);

create index handover_acknowledgements_handover_id_idx
on public.handover_acknowledgements (org_id, handover_id, site_id);
create index handover_acknowledgements_user_id_idx on public.handover_acknowledgements (org_id, user_id);

create trigger _200_keep
before update or delete on public.handover_acknowledgements
for each row execute function app.keep_record();

comment on table public.handover_acknowledgements is 'Who acknowledged which handover.';
comment on column public.handover_acknowledgements.org_id is 'The organization of the site.';
comment on column public.handover_acknowledgements.handover_id is 'The handover.';
comment on column public.handover_acknowledgements.user_id is 'Who acknowledged it, a member of staff.';
comment on column public.handover_acknowledgements.site_id is 'The site of the handover.';
comment on column public.handover_acknowledgements.acknowledged_at is 'When.';
comment on column public.handover_acknowledgements.item_count is 'How many items it had.';
