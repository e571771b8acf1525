-- Ada and Axel administer Lakeside and write a lot of mail. Nina is invited often.
begin;
select plan(8);

select tests.freeze_clock('2026-03-02 09:10:00+00');
create temporary table story as select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor;
create temporary table people as
select
  tests.make_person(lakeside, 'admin', 'Ada') as ada,
  tests.make_person(lakeside, 'admin', 'Axel') as axel,
  tests.make_person(harbor, 'admin', 'Hugo') as hugo,
  tests.make_person(lakeside, 'carer', 'Nina') as nina
from story;
update auth.users set email = 'nina@example.com', email_confirmed_at = now() where id = (select nina from people);
grant select on people to public;
create temporary sequence numbers;
grant usage on sequence numbers to public;

create function pg_temp.invite() returns text
language plpgsql as $$
begin
  return coalesce(
    tests.refusal(format('select public.invite_member(''n%s@example.com'', ''carer'')', nextval('numbers'))), 'invited'
  );
end
$$;

select tests.act_as((select ada from people));
select is_empty(
  $$ select from generate_series(1, 20) where pg_temp.invite() <> 'invited' $$, 'twenty invitations an hour'
);
select is(pg_temp.invite(), 'rate_limited', 'and no more by one person');
select tests.act_as((select axel from people));
select is(pg_temp.invite(), 'invited', 'while another goes on');

select tests.act_as_system();
update app.rate_limits set hit_count = 200 where action = 'invite_member_organization';
select tests.act_as((select axel from people));
select is(pg_temp.invite(), 'rate_limited', 'two hundred a day by one organization');
select tests.act_as((select hugo from people));
select is(pg_temp.invite(), 'invited', 'while another goes on');

select tests.act_as((select hugo from people));
create temporary table offers as
select offered.role, made.token from unnest(enum_range('care_manager', 'family'::public.app_role)) as offered (role),
lateral public.invite_member('nina@example.com', offered.role) as made;
grant select on offers to public;
select tests.act_as((select nina from people));
select results_eq(
  $$ select coalesce(tests.refusal(format('select public.accept_invitation(%L)', token)), 'accepted') as answer, count(*)
     from (select token from offers limit 11) as eleven group by answer order by answer $$,
  $$ values ('accepted', 10::bigint), ('rate_limited', 1::bigint) $$,
  'ten accepted in an hour'
);

select tests.freeze_clock('2026-03-02 10:00:00+00');
select tests.act_as((select ada from people));
select is(pg_temp.invite(), 'rate_limited', 'the next hour: the organization''s day is not over');
select tests.freeze_clock('2026-03-03 00:00:00+00');
select tests.act_as((select ada from people));
select is(pg_temp.invite(), 'invited', 'the next day');

select * from finish();
rollback;
