-- What the authors say a score means, from its lower bound (included) up to the next band. A band can ask for more:
-- that one item alone counts so much (NEWS2: a single 3 is told apart from three times 1).
create table app.instrument_bands (
  instrument_id uuid not null,
  scale_code text not null,
  lower_bound numeric(8, 3) not null,
  code text not null,
  display text not null,
  severity smallint not null,
  item_value numeric(8, 3),
  constraint instrument_bands_pkey primary key (instrument_id, scale_code, lower_bound),
  constraint instrument_bands_code_key unique (instrument_id, scale_code, code),
  constraint instrument_bands_scale_fkey foreign key (instrument_id, scale_code)
  references app.instrument_scales (instrument_id, code) on delete cascade,
  constraint instrument_bands_lower_bound_range check (lower_bound > -10000 and lower_bound < 10000),
  constraint instrument_bands_code_form check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instrument_bands_display_length check (length(display) between 1 and 200),
  constraint instrument_bands_severity_range check (severity between 0 and 9),
  constraint instrument_bands_item_value_range check (item_value > -10000 and item_value < 10000)
);

create trigger _200_published
before insert or update or delete on app.instrument_bands
for each row execute function app.guard_instrument_part();

comment on table app.instrument_bands is 'The bands of each scale.';
comment on column app.instrument_bands.instrument_id is 'The version.';
comment on column app.instrument_bands.scale_code is 'The scale.';
comment on column app.instrument_bands.lower_bound is 'The lowest score of the band; included.';
comment on column app.instrument_bands.code is 'What programs call the band.';
comment on column app.instrument_bands.display is 'Name for people, 1 to 200 characters.';
comment on column app.instrument_bands.severity is
'How bad it is: 0 nothing to note, 1 moderate, 2 high, 3 severe, up to 9.';
comment on column app.instrument_bands.item_value is
'The band is only reached if one item of the scale counts so much or more; null for a band of the score alone.';
