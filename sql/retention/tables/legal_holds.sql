-- A duty to keep what would be deleted: everything of the organization, a table, one row, or what is about one person.
-- It says that something must be kept and for what kind of reason; the matter itself is in the lawyers' files, and only
-- its reference here. That nobody deletes what is held is the trigger _200_hold's doing (app.refuse_held).
create table public.legal_holds (
  org_id uuid not null default app.current_org(),
  id uuid not null default app.uuid_v7(),
  reason_code public.legal_hold_reason not null,
  reference text,
  table_name text,
  row_id uuid,
  subject_id uuid,
  placed_at timestamptz not null default now(),
  placed_by uuid,
  released_at timestamptz,
  released_by uuid,
  constraint legal_holds_pkey primary key (org_id, id),
  constraint legal_holds_org_id_fkey foreign key (org_id) references public.organizations (id),
  constraint legal_holds_reference_length check (length(reference) between 1 and 100),
  constraint legal_holds_table_name_form check (table_name ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint legal_holds_row_is_of_a_table check (row_id is null or table_name is not null),
  constraint legal_holds_released_after check (released_at >= placed_at),
  constraint legal_holds_released_by_somebody_then check (released_at is not null or released_by is null)
);

-- What is asked before a row is deleted; an organization has few holds at a time.
create index legal_holds_active_idx on public.legal_holds (org_id) where released_at is null;

create trigger _200_guard
after update or delete on public.legal_holds
for each row execute function app.guard_legal_hold();

comment on table public.legal_holds is 'Legal holds: what must not be deleted, whatever its term.';
comment on column public.legal_holds.org_id is 'The organization whose rows are held.';
comment on column public.legal_holds.id is 'Key within the organization.';
comment on column public.legal_holds.reason_code is 'Why, in a word.';
comment on column public.legal_holds.reference is 'The number of the matter, 1 to 100 characters. Never a name.';
comment on column public.legal_holds.table_name is 'Only rows of this table; null for every table that is purged.';
comment on column public.legal_holds.row_id is 'Only this row of the table.';
comment on column public.legal_holds.subject_id is 'Only rows about this person: whose they are, or whose record they are.';
comment on column public.legal_holds.placed_at is 'Since when it holds.';
comment on column public.legal_holds.placed_by is 'Who placed it (auth.users).';
comment on column public.legal_holds.released_at is 'When it ended; null while it holds.';
comment on column public.legal_holds.released_by is 'Who released it (auth.users).';
