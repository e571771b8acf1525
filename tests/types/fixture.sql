-- One of everything that a database can hold and PostgREST can send; no room declares any of it.
create type public.mood as enum ('calm', 'in between', 'it''s "loud"');
comment on type public.mood is 'How it is.';
create domain public.score as numeric(6, 3) check (value >= 0);
comment on domain public.score is 'Never below zero.';
create domain public.best_score as public.score;
create domain public.tags as text[] not null;
create type public.place as (street text, zip text, moods public.mood[]);
comment on type public.place is 'Where something is.';
comment on column public.place.zip is 'Five digits.';
create schema hidden;
create type hidden.level as enum ('low', 'high');

create table public.kinds_of_things (
  id bigint generated always as identity primary key,
  is_good boolean not null,
  small smallint not null,
  big bigint not null,
  amount numeric not null,
  ratio double precision not null,
  half real,
  label text not null,
  code varchar(8) not null,
  fixed char(3),
  key uuid not null,
  day date not null,
  at timestamptz not null,
  at_local timestamp,
  clock time,
  clock_there timetz,
  lasts interval,
  blob bytea not null,
  document jsonb not null,
  plain json,
  during tstzrange not null,
  days daterange,
  numbers int4range,
  amounts numrange,
  periods tstzmultirange,
  labels text[] not null,
  tag_list public.tags,
  mood public.mood not null,
  moods public.mood[],
  score public.score,
  best public.best_score not null,
  place public.place,
  level hidden.level,
  address inet,
  "class" text,
  copy text,
  model_validate text,
  doubled numeric generated always as (amount * 2) stored
);
comment on table public.kinds_of_things is 'A table with a column of every kind.
Its second line ends with a quote: "so"';
comment on column public.kinds_of_things.label is 'A backslash \ and """three quotes""".';
comment on column public.kinds_of_things.amount is 'As exact as it was written.';

create table public.statuses (id integer primary key, name text not null, kind_id bigint references public.kinds_of_things);
create table hidden.secrets (id integer primary key, name text not null);
create table public.parted (id integer not null, day date not null, primary key (id, day)) partition by range (day);
create table public.parted_2026 partition of public.parted for values from ('2026-01-01') to ('2027-01-01');

create view public.plain_view as select kinds.id, kinds.label as title, kinds.half from public.kinds_of_things as kinds;
create view public.view_of_view as select title, id, 1 as one from public.plain_view;
create view public.joined_view as
select statuses.name, kinds.label from public.statuses left join public.kinds_of_things as kinds on kinds.id = kind_id;
create view public.counted_view as select label, count(*) as how_many from public.kinds_of_things group by label;
create materialized view public.stored_view as select id, label from public.kinds_of_things with no data;

create function public.do_nothing() returns void language sql as $$ select $$;
create function public.add_numbers(a integer, b integer default 2) returns integer
language sql immutable as $$ select a + b $$;
comment on function public.add_numbers(integer, integer) is 'Adds.
a, b: what to add.';
create function public.write_label(p_id bigint, p_label text) returns public.kinds_of_things
language sql volatile as $$
  update public.kinds_of_things set label = p_label where id = p_id returning *
$$;
create function public.keep_label(p_label text default null) returns text language sql volatile as $$ select p_label $$;
comment on function public.keep_label(text) is 'Gives back what it got.
Idempotent: yes.
Nullable: yes.';
create function public.find_thing(p_id bigint) returns public.kinds_of_things
language sql stable as $$ select * from public.kinds_of_things where id = p_id $$;
comment on function public.find_thing(bigint) is 'One thing.
Nullable: yes.';
create function public.list_things(p_moods public.mood[] default '{calm}', p_after timestamptz default now())
returns setof public.kinds_of_things language sql stable as $$ select * from public.kinds_of_things $$;
create function public.list_numbers(p_limit integer) returns setof integer
language sql stable as $$ select generate_series(1, p_limit) $$;
create function public.count_things() returns table (mood public.mood, how_many bigint, average numeric)
language sql stable as $$ select mood, count(*), null::numeric from public.kinds_of_things group by mood $$;
comment on function public.count_things() is 'How many of each mood.
Never null: mood, how_many.';
create function public.one_column() returns table (label text) language sql stable as $$ values ('a'), ('b') $$;
create function public.out_parameters(p_in integer, out doubled integer, out note text)
language sql stable as $$ select p_in * 2, 'x' $$;
create function public.one_out_parameter(p_in integer, out doubled integer) language sql stable as $$ select p_in * 2 $$;
create function public.make_document(p_document jsonb) returns jsonb language sql stable as $$ select p_document $$;
create function public.sum_amounts(variadic p_amounts numeric []) returns numeric
language sql immutable as $$ select sum(amount) from unnest(p_amounts) as amount $$;
create function public.where_is(p_place public.place, p_during daterange) returns public.place
language sql stable as $$ select p_place $$;
create function public.secret_names() returns setof hidden.secrets
language sql stable as $$ select 1, 'x'::text $$;
create function public."class"(p_class text) returns text language sql stable as $$ select p_class $$;
-- None of these is a method: not callable by name, not callable at all, or a computed column.
create function public.unnamed(integer) returns integer language sql as $$ select $1 $$;
create function public.for_nobody() returns integer language sql as $$ select 1 $$;
create function public.loud_label(p_thing public.kinds_of_things) returns text
language sql stable as $$ select upper(p_thing.label) $$;
create function public.on_change() returns trigger language plpgsql as $$ begin return new; end $$;

insert into public.kinds_of_things (
  is_good, small, big, amount, ratio, half, label, code, fixed, key, day, at, at_local, clock, clock_there, lasts,
  blob, document, plain, during, days, numbers, amounts, periods, labels, tag_list, mood, moods, score, best, place,
  level, address, "class", copy, model_validate
) values
(
  true, -32768, 9223372036854775807, 12345678901234567890.123456789, 0.1, 1.5, 'Zoë "x" \ y', 'a', 'b',
  '0197a000-0000-7000-8000-000000000001', '2026-02-28', '2026-11-21 03:00:00.123456+05:30', '2026-11-21 03:00',
  '23:59:59.5', '10:00+02', '1 mon 2 days 03:04:05', '\x00ff', '{"a": [1, 2.5, null], "b": {"c": "d"}}', '[1]',
  '[2026-01-01,2026-02-01)', '[2026-01-01,)', '(1,5]', '[1.10,2.2]', '{[2026-01-01,2026-02-01)}', '{a,"b c"}',
  '{x}', 'it''s "loud"', '{calm,in between}', 1.5, 2.125, '("Main St, 1",12345,{calm})', 'high', '10.0.0.1/8', 'c',
  'd', 'e'
),
(
  false, 0, 0, 0, -1e300, null, '', '', null, '0197a000-0000-7000-8000-000000000002', '0001-01-01',
  '1970-01-01 00:00:00+00', null, null, null, null, '', 'null', null, 'empty', null, null, null, null, '{}', '{}',
  'calm', null, null, 0, null, null, null, null, null, null
);

grant usage on schema public to anon, authenticated, service_role;
grant select on all tables in schema public to anon, authenticated, service_role;
revoke execute on all functions in schema public from public, anon, authenticated, service_role;
grant execute on all functions in schema public to service_role;
revoke execute on function public.for_nobody() from service_role;
