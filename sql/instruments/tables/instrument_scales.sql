-- What an instrument measures: one score each.
create table app.instrument_scales (
  instrument_id uuid not null,
  code text not null,
  position smallint not null,
  title text not null,
  method public.instrument_method not null,
  minimum numeric(8, 3) not null,
  maximum numeric(8, 3) not null,
  is_higher_worse boolean not null,
  constraint instrument_scales_pkey primary key (instrument_id, code),
  constraint instrument_scales_position_key unique (instrument_id, position),
  constraint instrument_scales_instrument_id_fkey foreign key (instrument_id)
  references public.instruments (id) on delete cascade,
  constraint instrument_scales_code_form check (code ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint instrument_scales_position_range check (position between 1 and 100),
  constraint instrument_scales_title_length check (length(title) between 1 and 200),
  constraint instrument_scales_range check (minimum < maximum and minimum > -10000 and maximum < 10000)
);

create trigger _200_published
before insert or update or delete on app.instrument_scales
for each row execute function app.guard_instrument_part();

comment on table app.instrument_scales is 'The scales of each version of an instrument.';
comment on column app.instrument_scales.instrument_id is 'The version.';
comment on column app.instrument_scales.code is 'What programs call the scale.';
comment on column app.instrument_scales.position is 'Its place among the scales, from 1.';
comment on column app.instrument_scales.title is 'Name for people, 1 to 200 characters.';
comment on column app.instrument_scales.method is 'How its items become its score.';
comment on column app.instrument_scales.minimum is 'The lowest score that answers can give.';
comment on column app.instrument_scales.maximum is 'The highest.';
comment on column app.instrument_scales.is_higher_worse is 'Whether a higher score is a worse one.';
