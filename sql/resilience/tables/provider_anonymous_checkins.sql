-- A check-in of somebody who takes part anonymously (docs/resilience/anonymity.md). Nothing in a row names or times its
-- author: no person, no stamps, a random id; and no trigger writes about it anywhere else. That one a day holds, and
-- that authors find their own, is due to a tag that only this database can make, from a sealed secret.
--
-- Private, to service_role too: no API role selects it, orders by it or sees where a row lies. Two tables and not one
-- with a null, so that no policy, index or trigger of the named ones is ever asked about these.
create table app.provider_anonymous_checkins (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  checkin_date date not null,
  author_tag bytea not null,
  work_setting public.work_setting not null,
  stress_level smallint not null,
  energy_level smallint not null,
  patients_contacted_today smallint not null default 0,
  difficult_patient_calls smallint not null default 0,
  overtime_hours numeric(4, 2) not null default 0,
  missed_break boolean not null default false,
  constraint provider_anonymous_checkins_pkey primary key (org_id, id),
  constraint provider_anonymous_checkins_org_id_fkey foreign key (org_id) references public.organizations (id),
  -- One a day; also how authors find their own, and how a day is counted.
  constraint provider_anonymous_checkins_author_day_key unique (org_id, checkin_date, author_tag),
  constraint provider_anonymous_checkins_author_tag_length check (length(author_tag) = 32),
  constraint provider_anonymous_checkins_stress_level_scale check (stress_level between 1 and 10),
  constraint provider_anonymous_checkins_energy_level_scale check (energy_level between 1 and 10),
  constraint provider_anonymous_checkins_patients_contacted_today_range check (
    patients_contacted_today between 0 and 500
  ),
  constraint provider_anonymous_checkins_difficult_calls_range check (difficult_patient_calls between 0 and 500),
  constraint provider_anonymous_checkins_overtime_hours_range check (overtime_hours between 0 and 24)
);

comment on table app.provider_anonymous_checkins is 'Check-ins of providers who take part anonymously.';
comment on column app.provider_anonymous_checkins.org_id is 'The organization the day was worked for.';
comment on column app.provider_anonymous_checkins.id is
'Key within the organization; random, so that it tells no time.';
comment on column app.provider_anonymous_checkins.checkin_date is 'The day, in the organization''s time zone.';
comment on column app.provider_anonymous_checkins.author_tag is
'HMAC-SHA-256 of organization, person and day, with the organization''s secret: another each day.';
comment on column app.provider_anonymous_checkins.work_setting is 'Where the provider mainly worked.';
comment on column app.provider_anonymous_checkins.stress_level is '1 (none) to 10 (extreme). PHI.';
comment on column app.provider_anonymous_checkins.energy_level is '1 (none) to 10 (full). PHI.';
comment on column app.provider_anonymous_checkins.patients_contacted_today is 'Patients contacted, 0 to 500.';
comment on column app.provider_anonymous_checkins.difficult_patient_calls is 'Difficult calls among them, 0 to 500.';
comment on column app.provider_anonymous_checkins.overtime_hours is 'Hours over the shift, 0 to 24.';
comment on column app.provider_anonymous_checkins.missed_break is 'Whether a break was missed.';
