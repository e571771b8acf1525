-- The same database a year later: something of every kind was added, changed or removed.
create schema app;
comment on schema app is 'Private.';
revoke all on schema app from public;
grant usage on schema app to authenticated, service_role;
create extension btree_gist schema extensions;
create extension citext schema extensions;

create type public.mood as enum ('awful', 'bad', 'ok', 'good', 'great');
comment on type public.mood is 'How it is today.';
grant usage on type public.mood to anon;
create type app.pair as (a integer, b text, c date);
create type public.kind as enum ('house', 'clinic');
create type app.span as range (subtype = numeric);
create collation app.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create function app.clock() returns timestamptz language sql stable set search_path = '' return clock_timestamp();
create function app.is_code(p_text text) returns boolean
language sql immutable parallel safe strict cost 9 set search_path = ''
as $$ select p_text ~ '^[A-Z]{3,4}$' $$;
create domain public.code as text not null default 'AAAA' constraint code_form check (app.is_code(value))
constraint code_not_test check (value <> 'TEST');
comment on domain public.code is 'Three or four letters.';

create table public.orgs (
  id uuid not null default gen_random_uuid(),
  name text collate "C" not null,
  mood public.mood not null default 'great',
  code public.code,
  name_length integer generated always as (length(name)) stored,
  number integer generated always as identity (start with 100 increment by 10),
  serial_number serial,
  "Odd name" varchar(40) default 'a, b (d',
  tags text[] not null default '{}',
  made_at timestamptz not null default app.clock(),
  kind public.kind not null default 'house',
  e_mail extensions.citext,
  constraint orgs_pkey primary key (id),
  constraint orgs_name_length check (length(name) between 1 and 300 and length("Odd name") < 9),
  constraint orgs_e_mail_key unique (e_mail)
) with (fillfactor = 90);
comment on table public.orgs is 'A tenant.';
comment on column public.orgs.kind is 'What it is.';
alter table public.orgs alter column tags set storage main;

create table public.sites (
  org_id uuid not null,
  id uuid not null default gen_random_uuid(),
  parent_id uuid,
  name text not null,
  open_during tstzrange not null default tstzrange(now(), null),
  constraint sites_pkey primary key (org_id, id),
  constraint sites_org_fkey foreign key (org_id) references public.orgs (id) on delete cascade,
  constraint sites_name_key unique (org_id, name, parent_id),
  constraint sites_no_overlap exclude using gist (org_id with =, name with =, open_during with &&)
);
create index sites_name_idx on public.sites (org_id, lower(name)) where parent_id is null;
create statistics app.sites_stat (dependencies, mcv) on org_id, name from public.sites;
alter table public.orgs enable row level security;
alter table public.orgs force row level security;
alter table public.sites enable row level security;
alter table public.sites add constraint sites_later check (name <> '');

create policy floor on public.sites for all to authenticated using (org_id = (select auth.uid()));
create policy select_member on public.sites for select to authenticated using (name is not null);
create policy insert_member on public.sites for insert to authenticated with check (name <> 'r');
create policy read_files on storage.objects for select to authenticated using (name = 'y');

create function app.stamp() returns trigger language plpgsql set search_path = ''
as $$ begin new.name := new.name; return new; end $$;
create trigger _100_stamp before insert on public.sites for each row execute function app.stamp();
create constraint trigger _300_later after insert on public.sites deferrable initially deferred
for each row execute function app.stamp();

create view public.houses with (security_invoker = true) as
select org_id, id, name, parent_id from public.sites where name like 'h%';
comment on column public.houses.parent_id is 'Its parent.';
create materialized view app.site_counts as
select org_id, name, count(*) as site_count from public.sites group by 1, 2;
create sequence app.numbers as bigint increment 4;
create table app.events (
  org_id uuid not null, at timestamptz not null, detail text, level integer
) partition by range (at);
create table app.events_2026 partition of app.events for values from ('2026-01-01') to ('2027-01-01');
create table app.events_2027 partition of app.events for values from ('2027-01-01') to ('2028-01-01');
create table app.events_other partition of app.events default;
create index events_at_idx on app.events (at);
create index events_level_idx on app.events (level);
create table app.cache (id integer);
create table app.base (a integer, c integer);
create table app.child (b integer) inherits (app.base);

create function public.count_sites(p_prefix text default 'h')
returns table (name text, site_count bigint)
language plpgsql stable security invoker set search_path = ''
as $$ begin return query select s.name, count(*) from public.sites as s group by 1; end $$;
grant execute on function public.count_sites(text) to anon;
create function public.site_label(p_site public.sites) returns text
language sql stable set search_path = '' return p_site.name || '?';
create aggregate app.total (integer) (sfunc = int4pl, stype = integer, initcond = '1');

grant select (id, name) on public.orgs to anon;
grant select, update on public.orgs to authenticated;
grant select on public.sites to authenticated;
