-- Whatever opens sealed values notes what somebody asked for and does not see (45 CFR 164.312(b)): Nina is a nurse, Mona
-- a manager, Ida a resident; nobody has what they ask for.
begin;
select plan(2);

create temporary table story as
select lakeside, tests.make_site(lakeside, 'The Elms') as elms
from (select tests.make_org('lakeside') as lakeside) as orgs;
insert into public.organization_feature_flags (org_id, feature_key, is_enabled)
select lakeside, flags.feature_key, true from story cross join public.nurseos_feature_flags as flags
on conflict (org_id, feature_key) do update set is_enabled = true;
create temporary table people as
select
  tests.make_staff(lakeside, 'nurse', 'Nina', elms) as nina, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_person(lakeside, 'resident', 'Ida') as ida
from story;
grant select on people to public;
create temporary table openers as
select p.proname::text as name
from pg_proc as p
where p.pronamespace = 'public'::regnamespace and p.proname like 'open\_%'
  and p.proargtypes[0] = 'uuid[]'::regtype and p.proargtypes[1] = 'public.access_purpose'::regtype;
grant select on openers to public;

create function pg_temp.noted() returns bigint language sql security definer as $$
  select count(*) from public.audit_events where operation = 'open' and outcome = 'failure'
$$;
-- How many events each leaves, or why it is refused as a whole.
create function pg_temp.asked(p_person uuid) returns table (name text, answer text) language plpgsql as $$
declare
  v_before bigint;
  v_refusal text;
begin
  perform tests.act_as(p_person);
  for name in select openers.name from openers order by 1 loop
    v_before := pg_temp.noted();
    v_refusal := tests.refusal(format('select from public.%I(array[gen_random_uuid()], %L)', name, 'treatment'));
    answer := coalesce(v_refusal, (pg_temp.noted() - v_before)::text);
    return next;
  end loop;
end
$$;

create temporary table answers as
select asked.* from people cross join lateral unnest(array[nina, mona, ida]) as who (id)
cross join lateral pg_temp.asked(who.id) as asked;
select tests.act_as_system();
select cmp_ok((select count(*) from openers), '>=', 20::bigint, 'much is sealed');
select is_empty(
  $$ select name, array_agg(answer) from answers group by name having bool_or(answer ~ '^\d+$' and answer <> '1') or
     not bool_or(answer = '1') $$,
  'each is asked by somebody whom it does not refuse, and leaves one event'
);

select * from finish();
rollback;
