-- Nadia is a nurse of Lakeside, Pat a patient there, Hana a nurse of Harbor; Realtime is played by its table.
begin;
select plan(10);

create temporary table story as
select lakeside, harbor from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_person(lakeside, 'nurse', 'Nadia') as nadia, tests.make_person(lakeside, 'patient', 'Pat') as pat,
  tests.make_person(harbor, 'nurse', 'Hana') as hana
from story;
grant select on story, people to public;

select is(app.adopt_realtime(), false, 'without Realtime there is nothing to be done');

create table realtime.messages (topic text not null, extension text not null, event text);
alter table realtime.messages enable row level security;
create function realtime.topic() returns text language sql stable return nullif(current_setting('realtime.topic', true), '');
grant usage on schema realtime to authenticated;
grant select on realtime.messages to authenticated;
grant execute on function realtime.topic() to authenticated;
insert into realtime.messages (topic, extension, event) values ('any', 'broadcast', 'changed'), ('any', 'presence', 'x');

create function pg_temp.hears(p_topic text) returns bigint language plpgsql as $$
begin
  perform set_config('realtime.topic', p_topic, true);
  return (select count(*) from realtime.messages);
end
$$;
create function pg_temp.rotas(p_org_id uuid) returns text language sql as $$ select format('org:%s:rota_weeks', p_org_id) $$;

select is(app.adopt_realtime(), true, 'with it the policy is put there');
select is(app.adopt_realtime(), true, 'once');

select tests.act_as((select nadia from people));
select is(pg_temp.hears(pg_temp.rotas((select lakeside from story))), 1::bigint, 'who works there hears what changed');
select is(pg_temp.hears(pg_temp.rotas((select harbor from story))), 0::bigint, 'but nothing of another organization');
select is(pg_temp.hears('org:' || (select lakeside from story)), 0::bigint, 'nor a channel that is none of ours');
select is(pg_temp.hears(null), 0::bigint, 'nor without one');
select is(
  tests.refusal('select app.adopt_realtime()'), '42501', 'and puts no policy anywhere'
);

select tests.act_as((select pat from people));
select is(pg_temp.hears(pg_temp.rotas((select lakeside from story))), 0::bigint, 'a patient does not');

select tests.act_as((select hana from people));
select is(pg_temp.hears(pg_temp.rotas((select lakeside from story))), 0::bigint, 'nor a nurse of another organization');

select * from finish();
rollback;
