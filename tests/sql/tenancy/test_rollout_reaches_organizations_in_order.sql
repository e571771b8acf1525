-- A feature is rolled out over a thousand organizations: 0, 10, 50, 100 percent of them, and never one less.
begin;
select plan(10);

insert into public.organizations (name, slug, kind, license_tier)
select 'Org ' || n, 'org-' || n, 'clinic', 'standard' from generate_series(1, 1000) as n;
update public.nurseos_feature_flags set is_enabled_globally = true where feature_key = 'brain_generator';

create function pg_temp.reached(p_percent integer) returns setof uuid
language plpgsql as $$
begin
  update public.nurseos_feature_flags set rollout_percent = p_percent where feature_key = 'brain_generator';
  return query
  select organizations.id from public.organizations
  cross join lateral app.organization_features(organizations.id) as features
  where organizations.slug like 'org-%' and features.feature_key = 'brain_generator' and features.is_enabled;
end
$$;

create temporary table reached as
select percent, org_id from unnest(array[0, 10, 50, 100]) as percent, pg_temp.reached(percent) as org_id;

select is((select count(*) from reached where percent = 0), 0::bigint, '0 %: nobody');
select is((select count(*) from reached where percent = 100), 1000::bigint, '100 %: everybody');
-- Binomial: five standard deviations on either side, so that a failure is a fault and not chance.
select cmp_ok((select count(*) from reached where percent = 10), '>', 52::bigint, '10 %: about a hundred');
select cmp_ok((select count(*) from reached where percent = 10), '<', 148::bigint, '10 %: and not many more');
select cmp_ok((select count(*) from reached where percent = 50), '>', 420::bigint, '50 %: about half');
select cmp_ok((select count(*) from reached where percent = 50), '<', 580::bigint, '50 %: and not many more');
select is_empty(
  'select org_id from reached where percent = 10 except select org_id from reached where percent = 50',
  'who had it at 10 % has it at 50 %'
);

select is(
  app.rollout_place('00000000-0000-4000-8000-000000000001', 'resilience_hub'), 14,
  'and the same for ever, on every engine'
);
select cmp_ok(
  (
    select count(*) from public.organizations
    where
      app.rollout_place(organizations.id, 'brain_generator') < 10
      and app.rollout_place(organizations.id, 'resilience_hub') < 10
  ),
  '<', 40::bigint, 'the first of one feature are not the first of the next'
);
select throws_ok(
  $$ update public.nurseos_feature_flags set rollout_percent = 101 where feature_key = 'brain_generator' $$, '23514',
  null, 'there is no 101 %'
);

select * from finish();
rollback;
