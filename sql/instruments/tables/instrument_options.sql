-- What can be answered. Items that are answered alike share a set.
create table app.instrument_options (
  instrument_id uuid not null,
  option_set text not null,
  position smallint not null,
  code text not null,
  value numeric(8, 3) not null,
  option_text text not null,
  constraint instrument_options_pkey primary key (instrument_id, option_set, code),
  constraint instrument_options_position_key unique (instrument_id, option_set, position),
  constraint instrument_options_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id) on delete cascade,
  constraint instrument_options_option_set_form check (option_set ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instrument_options_position_range check (position between 1 and 100),
  constraint instrument_options_code_form check (code ~ '^[a-z0-9][a-z0-9_]{0,62}$'),
  constraint instrument_options_value_range check (value > -10000 and value < 10000),
  constraint instrument_options_option_text_length check (length(option_text) between 1 and 500)
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
