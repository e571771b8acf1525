create function public.get_sent_circle_invitations(p_limit integer default 50, p_before uuid default null)
returns table (
  id uuid,
  circle_id uuid,
  user_id uuid,
  invited_at timestamptz,
  expires_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  return query select sent.* from app.sent_circle_invitations(p_limit, p_before) as sent;
end
$$;

comment on function public.get_sent_circle_invitations(integer, uuid) is
'The invitations that the caller sent and that can still be answered, newest first. One that was answered is not there,
and how is for the invited person to tell.
p_limit: at most so many, 1 to 500.
p_before: the last invitation of the page before.
Never null: id, circle_id, user_id, invited_at, expires_at.
Errors: feature_disabled, permission_denied, invalid_input.';

revoke all on function public.get_sent_circle_invitations(integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_sent_circle_invitations(integer, uuid) to authenticated;
