-- Whether what was given as needed helped: said once, by whoever looked.
create table public.medication_effects (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  administration_id uuid not null,
  resident_id uuid not null,
  site_id uuid not null,
  effect public.medication_effect_grade not null,
  note bytea,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  constraint medication_effects_pkey primary key (org_id, id),
  constraint medication_effects_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint medication_effects_resident_fkey foreign key (org_id, resident_id, site_id)
  references public.residents (org_id, id, site_id) on update cascade,
  constraint medication_effects_administration_fkey foreign key (org_id, administration_id)
  references public.medication_administrations (org_id, id),
  constraint medication_effects_recorded_by_fkey foreign key (org_id, recorded_by)
  references public.staff_members (org_id, user_id),
  -- 1,000 characters, of up to four bytes each.
  constraint medication_effects_note_sealed check (app.is_sealed(note, 4081))
);

create unique index medication_effects_administration_key on public.medication_effects (org_id, administration_id);
create index medication_effects_resident_idx on public.medication_effects (org_id, resident_id, site_id);
create index medication_effects_recorded_by_idx on public.medication_effects (org_id, recorded_by);

create trigger _200_keep
before update or delete on public.medication_effects
for each row execute function app.keep_record('org_id');
create trigger _210_guard
before insert on public.medication_effects
for each row execute function app.guard_medication_words('note');

comment on table public.medication_effects is 'Whether what was given as needed helped.';
comment on column public.medication_effects.org_id is 'The organization that houses the resident.';
comment on column public.medication_effects.id is 'Key within the organization.';
comment on column public.medication_effects.administration_id is 'What was given.';
comment on column public.medication_effects.resident_id is 'To whom.';
comment on column public.medication_effects.site_id is 'Where the resident lives; follows them.';
comment on column public.medication_effects.effect is 'Whether it helped. PHI.';
comment on column public.medication_effects.note is
'What was seen, 1 to 1,000 characters. PHI, sealed with the resident''s own key.';
comment on column public.medication_effects.recorded_at is 'When it was said. PHI.';
comment on column public.medication_effects.recorded_by is 'Who said it.';
