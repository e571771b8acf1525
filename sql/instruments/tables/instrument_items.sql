-- What is asked. An item of no scale is asked and not counted. What is measured has a unit and the bounds within which
-- a value is taken; its options are ranges.
create table app.instrument_items (
  instrument_id uuid not null,
  link_id text not null,
  position smallint not null,
  scale_code text,
  item_text text not null,
  is_reversed boolean not null default false,
  option_set text not null,
  unit_code text,
  minimum numeric(8, 3),
  maximum numeric(8, 3),
  decimals smallint,
  constraint instrument_items_pkey primary key (instrument_id, link_id),
  constraint instrument_items_position_key unique (instrument_id, position),
  constraint instrument_items_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id) on delete cascade,
  constraint instrument_items_scale_fkey foreign key (instrument_id, scale_code)
  references app.instrument_scales (instrument_id, code) on delete cascade,
  constraint instrument_items_link_id_form check (link_id ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$'),
  constraint instrument_items_position_range check (position between 1 and 500),
  constraint instrument_items_item_text_length check (length(item_text) between 1 and 1000),
  constraint instrument_items_option_set_form check (option_set ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instrument_items_measured_whole check (num_nonnulls(unit_code, minimum, maximum, decimals) in (0, 4)),
  constraint instrument_items_measured_range check (minimum < maximum and minimum > -10000 and maximum < 10000),
  constraint instrument_items_measured_upright check (minimum is null or not is_reversed),
  constraint instrument_items_unit_code_form check (unit_code ~ '^[!-~]{1,30}$'),
  constraint instrument_items_decimals_range check (decimals between 0 and 3)
);

create index instrument_items_scale_code_idx on app.instrument_items (instrument_id, scale_code);

create trigger _200_published
before insert or update or delete on app.instrument_items
for each row execute function app.guard_instrument_part();

comment on table app.instrument_items is 'The items of each version of an instrument.';
comment on column app.instrument_items.instrument_id is 'The version.';
comment on column app.instrument_items.link_id is 'Names the item in answers (FHIR linkId).';
comment on column app.instrument_items.position is 'Its place among the items, from 1.';
comment on column app.instrument_items.scale_code is 'The scale that it counts for; null for one that is not counted.';
comment on column app.instrument_items.item_text is 'What people read, 1 to 1000 characters.';
comment on column app.instrument_items.is_reversed is
'Whether it counts the other way round: lowest and highest value of its set together, less the answer''s.';
comment on column app.instrument_items.option_set is
'The possible answers; publishing checks that there are two or more.';
comment on column app.instrument_items.unit_code is
'What it is measured in (UCUM), for an item whose answer is a number; null where an answer is chosen.';
comment on column app.instrument_items.minimum is 'The lowest value that is taken; included.';
comment on column app.instrument_items.maximum is 'The highest; included.';
comment on column app.instrument_items.decimals is 'Places after the point, at most.';
