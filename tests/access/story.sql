-- Lakeside has two houses, Ash and Birch; Harbor is another organization, and HQ runs the platform. People by name,
-- made with their roles.
create table tests.people (name text primary key, id uuid not null);
grant select on tests.people to public;

create function tests.person(p_name text) returns uuid
language sql stable security definer as $$ select id from tests.people where name = p_name $$;

create table tests.places (name text primary key, org_id uuid not null, site_id uuid not null);
grant select on tests.places to public;

create function tests.place(p_name text) returns uuid
language sql stable security definer as $$ select site_id from tests.places where name = p_name $$;

create function tests.org(p_place text) returns uuid
language sql stable security definer as $$ select org_id from tests.places where name = p_place $$;

create function tests.add_person(p_name text, p_place text, p_role public.app_role, p_is_at_site boolean default true)
returns void
language plpgsql as $$
declare
  v_id uuid := tests.person(p_name);
begin
  if v_id is null then
    v_id := tests.make_person(
      tests.org(p_place), p_role, p_name, case when p_is_at_site then tests.place(p_place) end
    );
    insert into tests.people values (p_name, v_id);
  else
    insert into public.role_assignments (org_id, user_id, role, site_id, valid_during)
    values (
      tests.org(p_place), v_id, p_role, case when p_is_at_site then tests.place(p_place) end,
      tstzrange('2020-01-01', null)
    );
  end if;
end
$$;

insert into tests.places
select place.name, org.id, gen_random_uuid()
from (
  values
  (tests.make_org('lakeside', false), array['ash', 'birch']),
  (tests.make_org('harbor', false), array['harbor']),
  (tests.make_org('headquarters', false), array['hq'])
) as org (id, names)
cross join unnest(org.names) as place (name);
update public.organizations set kind = 'platform' where id = tests.org('hq');
insert into public.sites (org_id, id, kind, name) select org_id, site_id, 'house', name from tests.places;

select
  tests.add_person('mia', 'ash', 'manager'),
  tests.add_person('max', 'ash', 'manager', false),
  tests.add_person('nadia', 'ash', 'nurse'),
  tests.add_person('sid', 'ash', 'scheduler', false),
  tests.add_person('noa', 'birch', 'nurse'),
  tests.add_person('noa', 'birch', 'scheduler', false),
  tests.add_person('ada', 'ash', 'admin', false),
  tests.add_person('olga', 'ash', 'org_owner', false),
  tests.add_person('pat', 'ash', 'patient', false),
  tests.add_person('fay', 'ash', 'family'),
  tests.add_person('carl', 'birch', 'carer'),
  tests.add_person('hana', 'harbor', 'nurse', false),
  tests.add_person('sue', 'hq', 'super_admin', false);

insert into public.ward_notes (org_id, user_id, site_id, title, is_shared, diagnosis, price)
values
(tests.org('ash'), tests.person('pat'), tests.place('ash'), 'a', false, 'flu', 1),
(tests.org('ash'), null, tests.place('birch'), 'b', true, 'gout', 2),
(tests.org('ash'), null, null, 'c', false, 'rash', 3),
(tests.org('harbor'), null, tests.place('harbor'), 'h', true, 'cold', 4);
insert into public.ward_notes (org_id, site_id, title, deleted_at) values (tests.org('ash'), tests.place('ash'), 'gone', now());
insert into public.ward_boards (org_id, house_id, title)
select org_id, site_id, name from tests.places where name <> 'hq';

with guests as (
  insert into public.ward_guests (user_id, title, blood)
  values (tests.person('pat'), 'pat', 'A'), (null, 'ben', 'B'), (null, 'gus', 'C'), (null, 'har', 'D')
  returning id, title
)
insert into public.org_ward_guests (org_id, guest_id, deleted_at)
select tests.org(case guests.title when 'har' then 'harbor' else 'ash' end), guests.id, case guests.title when 'gus' then now() end
from guests where guests.title <> 'pat';
insert into public.ward_words (title) values ('word');
