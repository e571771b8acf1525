-- SECURITY DEFINER because a policy is made of a whole file of its uploader's, which no policy of the table can ask. It
-- asks for a role, and stays in the active organization.
create function app.add_policy(
  p_code text, p_title text, p_file_id uuid, p_effective_on date, p_summary text, p_read_within_days smallint,
  p_roles public.app_role[]
)
returns public.policy_documents
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_policy public.policy_documents;
begin
  perform app.require_feature('documents');
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_file(app.current_org(), p_file_id, 'policy-files');
  insert into public.policy_documents (
    org_id, code, title, summary, file_id, effective_on, roles, read_within_days
  )
  values (
    app.current_org(), p_code, p_title, p_summary, p_file_id, p_effective_on, p_roles, p_read_within_days
  )
  returning * into v_policy;
  return v_policy;
end
$$;

comment on function app.add_policy(text, text, uuid, date, text, smallint, public.app_role[]) is
'Makes the caller''s upload the next version of a policy; behind public.publish_policy.';

create function public.publish_policy(
  p_code text,
  p_title text,
  p_file_id uuid,
  p_effective_on date,
  p_summary text default null,
  p_read_within_days smallint default null,
  p_roles public.app_role[] default null
)
returns public.policy_documents
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('documents');
  perform app.require_role('org_owner', 'compliance_lead');
  perform app.check_input('p_code', p_code ~ '^[a-z][a-z0-9_]{1,62}$', 'A code has small letters, digits, underscores.');
  perform app.check_input('p_title', length(p_title) between 1 and 200, 'A title has 1 to 200 characters.');
  perform app.check_input(
    'p_summary', coalesce(length(p_summary) between 1 and 2000, true), 'A summary has 1 to 2,000 characters.'
  );
  perform app.check_input('p_effective_on', p_effective_on is not null, 'Say from which day on it is in force.');
  perform app.check_input(
    'p_read_within_days', coalesce(p_read_within_days between 1 and 365, true), 'It is read within 1 to 365 days.'
  );
  perform app.check_input(
    'p_roles', coalesce(cardinality(p_roles) between 1 and 20, true), 'Name 1 to 20 roles, or none for everybody.'
  );
  return app.add_policy(p_code, p_title, p_file_id, p_effective_on, p_summary, p_read_within_days, p_roles);
exception
  when unique_violation then
    perform app.raise_error('conflict', 'This file is the text of a policy already.');
    return null;
end
$$;

comment on function public.publish_policy(text, text, uuid, date, text, smallint, public.app_role[]) is
'Publishes a policy, or the next version of one: the same code. It is in force from its day on, in place of the version
before.
p_code: the policy, such as safeguarding_adults. p_title: what it is called, 1 to 200 characters.
p_file_id: the caller''s finished upload in the bucket policy-files.
p_effective_on: from which day on it is in force.
p_summary: what is new, 1 to 2,000 characters.
p_read_within_days: within how many days from then it is to be acknowledged, 1 to 365; null: it need not be.
p_roles: who is to read it; null: everybody who works here.
Errors: feature_disabled, permission_denied, not_found, invalid_input, conflict.';

revoke all on function app.add_policy(text, text, uuid, date, text, smallint, public.app_role[]) from public;
grant execute on function app.add_policy(text, text, uuid, date, text, smallint, public.app_role[]) to authenticated;
revoke all on function public.publish_policy(text, text, uuid, date, text, smallint, public.app_role[])
from public, anon, authenticated, service_role;
grant execute on function public.publish_policy(text, text, uuid, date, text, smallint, public.app_role[])
to authenticated;
