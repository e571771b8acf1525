-- Lea (compliance lead) publishes a policy for carers and then its next version. Cora (carer at the Elms) reads and
-- acknowledges; Nell (nurse) need not; Mona (manager of the Elms) sees who has; Fay (family) and Hugo of Harbor nothing.
begin;
select plan(28);

create temporary table story as
select lakeside, harbor, tests.make_site(lakeside, 'The Elms') as elms, tests.make_site(lakeside, 'The Oaks') as oaks
from (select tests.make_org('lakeside') as lakeside, tests.make_org('harbor') as harbor) as orgs;
create temporary table people as
select
  tests.make_staff(lakeside, 'carer', 'Cora', elms) as cora, tests.make_staff(lakeside, 'carer', 'Otto', oaks) as otto,
  tests.make_staff(lakeside, 'nurse', 'Nell', elms) as nell, tests.make_staff(lakeside, 'manager', 'Mona', elms) as mona,
  tests.make_staff(lakeside, 'compliance_lead', 'Lea') as lea, tests.make_staff(lakeside, 'org_owner', 'Ola') as ola,
  tests.make_person(lakeside, 'family', 'Fay') as fay, tests.make_staff(harbor, 'compliance_lead', 'Hugo') as hugo
from story;
create temporary table files (id uuid, path text);
grant select on story, people to public;
grant select, insert on files to public;
create function pg_temp.upload() returns uuid language plpgsql security definer as $$
declare
  v_file record;
begin
  select * into v_file from public.begin_upload('policy-files', 'policy.pdf', 'application/pdf', 9, repeat('ab', 32));
  insert into storage.objects (bucket_id, name, metadata)
  values ('policy-files', v_file.object_path, '{"size": 9, "mimetype": "application/pdf"}');
  perform public.finish_upload(v_file.id);
  insert into files values (v_file.id, v_file.object_path);
  return v_file.id;
end
$$;
create function pg_temp.publish(p_effective date default app.today(), p_file uuid default pg_temp.upload())
returns integer language sql as $$
  select (public.publish_policy(
    'safeguarding_adults', 'Safeguarding adults', p_file, p_effective, 'What to do.', 7::smallint, '{carer}'
  )).version_no
$$;
create function pg_temp.outstanding() returns text language sql as $$
  select string_agg(format('%s v%s', code, version_no), ', ') from public.list_outstanding_policies()
$$;
create function pg_temp.reads() returns bigint language sql as $$
  select count(*) from storage.objects inner join files on files.path = objects.name
$$;

select app.sync_buckets()::text;
select tests.act_as((select lea from people));
select is(pg_temp.publish(), 1, 'a policy is published');
select is(
  tests.refusal($$ select pg_temp.publish(p_file => (select id from files)) $$), 'conflict', 'a file is one version''s'
);
select is(
  tests.refusal($$ select pg_temp.publish(p_file => app.uuid_v7()) $$), 'not_found', 'a policy has a text'
);
select is(pg_temp.outstanding(), null, 'it is not for compliance leads to read');
select tests.act_as_system();
select app.record_scan(lakeside, files.id, 'clean')::text from story cross join files;

select tests.act_as((select cora from people));
select is(pg_temp.outstanding(), 'safeguarding_adults v1', 'a carer is to read it');
select is(pg_temp.reads(), 1::bigint, 'and can');
select is((select due_on from public.list_outstanding_policies()), app.today() + 7, 'within its days');
select is(
  tests.refusal($$ select pg_temp.publish(p_file => app.uuid_v7()) $$), 'permission_denied', 'she publishes nothing'
);
create temporary table said as
select public.acknowledge_policy(policy_id) as at from public.list_outstanding_policies();
select is(pg_temp.outstanding(), null, 'acknowledged, it is not outstanding');
select is((select public.acknowledge_policy(id) from public.policy_documents), (select at from said), 'once is enough');
select is(
  tests.refusal('delete from public.policy_acknowledgements'), '42501', 'and it is never taken back'
);
select is(
  tests.refusal($$ insert into public.policy_acknowledgements (policy_id, user_id)
    select id, (select otto from people) from public.policy_documents $$),
  '42501', 'nobody acknowledges for another'
);

select tests.act_as((select nell from people));
select is(pg_temp.outstanding(), null, 'whom it is not for need not read it');
select is(pg_temp.reads(), 1::bigint, 'but may');
select is(
  tests.refusal('select * from public.list_policy_readers((select id from public.policy_documents))'),
  'permission_denied', 'who has read it is for who answers for it'
);

select tests.act_as((select mona from people));
select results_eq(
  'select user_id, acknowledged_at from public.list_policy_readers((select id from public.policy_documents))',
  'select cora, at from people cross join said', 'a manager sees it of her people'
);
select tests.act_as((select ola from people));
select is(
  (select count(*) from public.list_policy_readers((select id from public.policy_documents))
    where acknowledged_at is null),
  1::bigint, 'an owner of all: one has not'
);

select tests.act_as((select lea from people));
select is(pg_temp.publish(app.today() + 3), 2, 'the next version');
select tests.act_as((select cora from people));
select is(pg_temp.outstanding(), null, 'is not to be read before its day');
select tests.act_as_system();
select tests.freeze_clock(now() + interval '3 days');
select tests.act_as((select cora from people));
select is(pg_temp.outstanding(), 'safeguarding_adults v2', 'then it is');
select tests.act_as((select lea from people));
select isnt(
  (select public.archive_policy(id) from public.policy_documents where version_no = 2), null, 'taken out of force'
);
select tests.act_as((select cora from people));
select is(pg_temp.outstanding(), null, 'nobody is to read it');
select is(
  tests.refusal($$ update public.policy_documents set archived_at = null $$), null, 'a carer changes nothing'
);
select is((select count(*) from public.policy_documents where archived_at is null), 1::bigint, 'and nothing changed');

select tests.act_as((select fay from people));
select is_empty('select * from public.policy_documents', 'policies are not for families');
select is(pg_temp.reads(), 0::bigint, 'nor their files');
select tests.act_as((select hugo from people));
select is(pg_temp.reads(), 0::bigint, 'nor for another organization');
select is(
  tests.refusal($$ select public.acknowledge_policy((select id from public.policy_documents limit 1)) $$),
  'invalid_input', 'which has none of them'
);

select * from finish();
rollback;
