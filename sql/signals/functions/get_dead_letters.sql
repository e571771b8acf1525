create function public.get_dead_letters(p_limit integer default 100, p_before timestamptz default null)
returns setof public.notification_queue
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select queue.*
  from public.notification_queue as queue
  where
    queue.org_id = (select app.current_org()) and queue.died_at is not null
    and queue.died_at < coalesce(p_before, 'infinity')
  order by queue.died_at desc
  limit p_limit;
end
$$;

comment on function public.get_dead_letters(integer, timestamptz) is
'Messages of the active organization that were given up, newest first, with their last error. For owners and
administrators; requeue_notification() tries one again.
p_limit: at most so many, 1 to 500. p_before: only those given up before, for the next page.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function public.get_dead_letters(integer, timestamptz) from public, anon, authenticated, service_role;
grant execute on function public.get_dead_letters(integer, timestamptz) to authenticated;
