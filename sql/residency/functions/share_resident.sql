create function public.share_resident(
  p_resident_id uuid, p_user_id uuid, p_topics public.resident_topic[], p_agreed_by text default 'resident',
  p_expires_at timestamptz default null
) returns public.resident_shares
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('residency');
  perform app.check_input('p_resident_id', p_resident_id is not null, 'Say who.');
  perform app.check_input('p_user_id', p_user_id is not null, 'Say which relative.');
  perform app.check_input('p_topics', cardinality(p_topics) between 1 and 20, 'Say what they may know.');
  perform app.check_input(
    'p_agreed_by', p_agreed_by in ('resident', 'attorney', 'guardian', 'best_interests'), 'Say who agreed.'
  );
  perform app.check_input(
    'p_expires_at', coalesce(p_expires_at > app.clock(), true), 'It ends in the future, or not at all.'
  );
  return app.share_resident(p_resident_id, p_user_id, p_topics, p_agreed_by, p_expires_at);
end
$$;

comment on function public.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz) is
'Lets a relative know about a resident, from now on and in place of what they were let know before. Residents agree for
themselves; managers and care managers of the site record who agreed.
p_resident_id: who it is about.
p_user_id: somebody with the role family in the organization; else not_found.
p_topics: what they may know.
p_agreed_by: resident, attorney, guardian or best_interests (a decision recorded on their behalf).
p_expires_at: until when; null: until it is withdrawn.
Errors: feature_disabled, permission_denied, not_found, invalid_input.';

revoke all on function public.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz)
from public, anon, authenticated, service_role;
grant execute on function public.share_resident(uuid, uuid, public.resident_topic[], text, timestamptz)
to authenticated;
