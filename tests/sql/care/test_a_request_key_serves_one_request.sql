-- Nora's tablet was without a network for days and sends again what had long arrived. Within a day the request is known
-- and answered as before; later its key alone keeps it from being done twice, and answers, too.
begin;
select plan(18);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside) as orgs;
create temporary table people as select tests.make_staff(lakeside, 'nurse', 'Nora', elms) as nora from story;
create temporary table ruth as select tests.make_resident(lakeside, elms, 'Ruth') as id from story;
grant select on story, people, ruth to public;
select tests.freeze_clock('2027-02-01 07:30-06');

create temporary table sent (request text primary key, statement text not null, id uuid);
grant select, update on sent to public;
create function pg_temp.send(p_request text) returns uuid language plpgsql as $$
declare
  v_id uuid;
begin
  execute (select statement from sent where request = p_request) into strict v_id;
  return v_id;
end
$$;

select tests.act_as((select nora from people));
create temporary table cupboard as
select (public.create_medication_stock((select id from ruth), 'Paracetamol 500 mg', 'tablet', false)).id as stock_id;
create temporary table as_needed as
select (public.create_medication_order(
  (select id from ruth), 'Paracetamol 500 mg', 'One', 'oral', 1, 'tablet', 'Dr Hale', gen_random_uuid(),
  p_is_as_needed => true, p_indication => 'Pain', p_min_interval_minutes => 1, p_max_quantity_24_hours => 8
)).id as order_id;
grant select on cupboard, as_needed to public;
select tests.act_as_system();
insert into sent (request, statement)
select request, replace(statement, '$key', quote_literal(gen_random_uuid()))
from ruth cross join cupboard cross join as_needed cross join story cross join lateral (
  values
  ('stock', format($$ select (public.create_medication_stock(%L, 'Ibuprofen', 'tablet', false, p_request_key => $key)).id $$,
    ruth.id)),
  ('order', format($$ select (public.create_medication_order(%L, 'Ibuprofen', 'One', 'oral', 1, 'tablet', 'Dr Hale', $key,
    p_times_of_day => '{08:00}')).id $$, ruth.id)),
  ('delivery', format($$ select (public.record_stock_movement(%L, 'received', $key, 20)).id $$, stock_id)),
  ('count', format($$ select (public.record_stock_count(%L, 20, $key)).id $$, stock_id)),
  ('dose', format($$ select (public.record_as_needed(%L, 'Headache', $key)).id $$, order_id)),
  ('report', format($$ select public.report_incident(%L, 'fall', 'low', now() - interval '1 hour', 'Fell', p_request_key => $key) $$,
    elms))
) as requests (request, statement);

select tests.act_as((select nora from people));
update sent set id = pg_temp.send(request);
select is(pg_temp.send(request), id, request || ': sent again at once, it is the same') from sent order by request;

select tests.act_as_system();
delete from app.claimed_requests;
select tests.act_as((select nora from people));
select is(pg_temp.send(request), id, request || ': days later, it is still the same') from sent order by request;

-- Whatever writes the tables, a key is there once; also where no trigger looks.
select tests.act_as_system();
set local session_replication_role = replica;
create function pg_temp.copied(p_table regclass, p_id uuid) returns text language plpgsql as $$
declare
  v_columns text;
  v_values text;
  v_constraint text;
begin
  select
    string_agg(quote_ident(attname), ', '),
    string_agg(case attname
      when 'id' then 'gen_random_uuid()' when 'entry_number' then 'entry_number + 1' else quote_ident(attname)
    end, ', ')
  into v_columns, v_values
  from pg_catalog.pg_attribute
  where attrelid = p_table and attnum > 0 and not attisdropped and attgenerated = '';
  execute format('insert into %1$s (%2$s) select %3$s from %1$s where id = %4$L', p_table, v_columns, v_values, p_id);
  return 'copied';
exception when unique_violation then
  get stacked diagnostics v_constraint = constraint_name;
  return v_constraint;
end
$$;
select is(pg_temp.copied(name::regclass, id), name || '_request_key', request || ': no other row has its key')
from sent inner join (
  values
  ('stock', 'medication_stock'), ('order', 'medication_orders'), ('delivery', 'medication_stock_movements'),
  ('count', 'medication_stock_counts'), ('dose', 'medication_administrations'), ('report', 'incidents')
) as tables (request, name) using (request)
order by request;

select * from finish();
rollback;
