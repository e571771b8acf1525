-- What can be answered. Items that are answered alike share a set. Of an item that is measured, options are ranges:
-- each holds from its lower bound up to the next, and some only where other items are answered so (NEWS2: what a
-- saturation counts depends on the scale that was chosen for the person, and on oxygen).
create table app.instrument_options (
  instrument_id uuid not null,
  option_set text not null,
  position smallint not null,
  code text not null,
  value numeric(8, 3) not null,
  option_text text not null,
  lower_bound numeric(8, 3),
  applies_when jsonb,
  constraint instrument_options_pkey primary key (instrument_id, option_set, code),
  constraint instrument_options_position_key unique (instrument_id, option_set, position),
  constraint instrument_options_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id) on delete cascade,
  constraint instrument_options_option_set_form check (option_set ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instrument_options_position_range check (position between 1 and 100),
  constraint instrument_options_code_form check (code ~ '^[a-z0-9][a-z0-9_]{0,62}$'),
  constraint instrument_options_value_range check (value > -10000 and value < 10000),
  constraint instrument_options_option_text_length check (length(option_text) between 1 and 500),
  constraint instrument_options_lower_bound_range check (lower_bound > -10000 and lower_bound < 10000),
  constraint instrument_options_applies_when_form check (
    applies_when is null or (
      jsonb_typeof(applies_when) = 'object' and applies_when <> '{}' and app.check_json(applies_when, 1000, 1)
      and lower_bound is not null
    )
  )
);

create trigger _200_published
before insert or update or delete on app.instrument_options
for each row execute function app.guard_instrument_part();

comment on table app.instrument_options is 'The possible answers to the items of each version of an instrument.';
comment on column app.instrument_options.instrument_id is 'The version.';
comment on column app.instrument_options.option_set is 'The set that it is in.';
comment on column app.instrument_options.position is 'Its place in the set, from 1.';
comment on column app.instrument_options.code is 'What an answer names.';
comment on column app.instrument_options.value is 'What it counts.';
comment on column app.instrument_options.option_text is 'What people read, 1 to 500 characters.';
comment on column app.instrument_options.lower_bound is
'Of a measured item: the lowest value of the range; included. Null for an answer that is chosen.';
comment on column app.instrument_options.applies_when is
'Of a measured item: {"link_id": "code"}, the answers to other items with which the range holds; null: with any.';
