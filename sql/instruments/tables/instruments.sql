-- The head of one version of an instrument: what it is called, whose it is, what its licence allows. The same for
-- everybody, like a library. An instrument whose items may not be shown is here without items: its results can be
-- kept all the same.
create table public.instruments (
  id uuid not null default app.uuid_v7(),
  code text not null,
  instrument_version text not null,
  title text not null,
  description text,
  language_code text not null default 'en',
  citation text not null,
  publisher text,
  license_kind public.instrument_license_kind not null,
  license_text text not null,
  canonical_url text not null,
  is_active boolean not null default false,
  published_at timestamptz,
  status public.instrument_status not null generated always as (
    case
      when is_active then 'active'::public.instrument_status
      when published_at is not null then 'retired'::public.instrument_status
      else 'draft'::public.instrument_status
    end
  ) stored,
  created_at timestamptz not null default now(),
  created_by uuid,
  updated_at timestamptz not null default now(),
  updated_by uuid,
  version integer not null default 1,
  subject_type text,
  constraint instruments_pkey primary key (id),
  constraint instruments_code_version_key unique (code, instrument_version),
  constraint instruments_canonical_url_version_key unique (canonical_url, instrument_version),
  constraint instruments_code_form check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instruments_instrument_version_form check (instrument_version ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$'),
  constraint instruments_language_code_form check (language_code ~ '^[a-z]{2,3}(-[A-Z]{2})?$'),
  constraint instruments_subject_type_known check (subject_type in ('Patient', 'Practitioner')),
  constraint instruments_canonical_url_form check (
    canonical_url ~ '^https://[^[:space:]|]+$' and length(canonical_url) <= 300
  ),
  constraint instruments_texts_length check (
    length(title) between 1 and 200 and length(description) between 1 and 4000
    and length(citation) between 1 and 2000 and length(publisher) between 1 and 200
    and length(license_text) between 1 and 4000
  )
);

-- One version of each is in use; also how the one in use is found.
create unique index instruments_active_code_key on public.instruments (code) where is_active;

create trigger _200_guard
before insert or update or delete on public.instruments
for each row execute function app.guard_instrument();

comment on table public.instruments is
'Versions of questionnaires and other instruments; get_questionnaire() gives their content as FHIR.';
comment on column public.instruments.id is 'Key.';
comment on column public.instruments.code is
'What programs call the instrument in all its versions: lower case, digits and underscores.';
comment on column public.instruments.instrument_version is 'Which version of it this is.';
comment on column public.instruments.title is 'Name for people, 1 to 200 characters.';
comment on column public.instruments.description is 'What it measures, at most 4000 characters.';
comment on column public.instruments.language_code is 'The language of its own texts (BCP 47); others are translations.';
comment on column public.instruments.subject_type is
'Whom it is about (FHIR subjectType): Patient, Practitioner; null where it does not say.';
comment on column public.instruments.citation is 'The publication to cite, 1 to 2000 characters.';
comment on column public.instruments.publisher is 'Who gives it out.';
comment on column public.instruments.license_kind is 'What its licence allows.';
comment on column public.instruments.license_text is 'The terms in words, 1 to 4000 characters.';
comment on column public.instruments.canonical_url is
'Names the instrument everywhere (FHIR canonical URL); with `|` and the version, this version of it.';
comment on column public.instruments.is_active is
'Whether it is in use. Setting it publishes a draft for good and retires the version in use before.';
comment on column public.instruments.published_at is 'When it was first in use; from then on its content never changes.';
comment on column public.instruments.status is 'draft, active or retired, from the two columns before.';
comment on column public.instruments.created_at is 'When the row was made.';
comment on column public.instruments.created_by is 'Who made it (auth.users), null for the system.';
comment on column public.instruments.updated_at is 'When it was last changed.';
comment on column public.instruments.updated_by is 'Who changed it last, null for the system.';
comment on column public.instruments.version is
'Counts the writes; send back the one you read to learn of a change by another.';
