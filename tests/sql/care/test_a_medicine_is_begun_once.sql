-- Nora begins to count Ruth's paracetamol, and her connection breaks before the answer comes. Carl is a carer.
begin;
select plan(7);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora, tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell,
  tests.make_staff(lakeside, 'carer', 'Carl', elms) as carl
from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
create temporary table keys as select gen_random_uuid() as once;
grant select on story, people, ruth, keys to public;
create function pg_temp.begins(p_name text default 'Paracetamol 500 mg') returns uuid language sql as $$
  select (public.create_medication_stock((select id from ruth), p_name, 'tablet', p_request_key => (select once from keys))).id
$$;

select tests.act_as((select nora from people));
create temporary table begun as select pg_temp.begins() as id;
select is(pg_temp.begins(), (select id from begun), 'sent again, it is the same medicine');
select is((select count(*) from public.medication_stock), 1::bigint, 'and there is one');
select is(
  tests.refusal($$ select pg_temp.begins('Ibuprofen 200 mg') $$), 'conflict', 'another medicine is not begun under its key'
);
select isnt(
  (public.create_medication_stock((select id from ruth), 'Paracetamol 500 mg', 'tablet')).id, (select id from begun),
  'without a key each is a new one'
);

-- A key is its maker's own.
select tests.act_as((select nell from people));
select isnt(pg_temp.begins(), (select id from begun), 'the same key of somebody else begins her own');
select tests.act_as((select carl from people));
select is(tests.refusal('select pg_temp.begins()'), 'permission_denied', 'a carer begins none');
select tests.act_as_system();
select is((select count(*) from public.medication_stock), 3::bigint, 'three in all');
select * from finish();
rollback;
