create function public.get_my_notifications(
  p_only_unread boolean default false, p_limit integer default 50, p_before uuid default null
) returns table (
  id uuid, template_key text, title text, body text, payload jsonb, sent_at timestamptz, read_at timestamptz
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_member();
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');
  perform app.check_input('p_only_unread', p_only_unread is not null, 'Say whether only unread ones.');

  return query
  select
    queue.id, queue.template_key, queue.title, queue.body, queue.payload, queue.settled_at, queue.read_at
  from public.notification_queue as queue
  where
    queue.recipient_id = (select app.my_id()) and queue.org_id = (select app.current_org())
    and queue.channel = 'in_app' and queue.status = 'sent'
    and (queue.read_at is null or not p_only_unread)
    and (p_before is null or queue.id < p_before)
  order by queue.id desc
  limit p_limit;
end
$$;

comment on function public.get_my_notifications(boolean, integer, uuid) is
'The caller''s own notifications in the application, in the active organization, the newest scheduled first.
p_only_unread: leaves out what is marked as read. p_limit: at most so many, 1 to 500.
p_before: only those older than this id, for the next page.
Never null: id, template_key, body, payload, sent_at.
Errors: not_authenticated, session_expired, mfa_required, permission_denied, invalid_input.';

revoke all on function public.get_my_notifications(boolean, integer, uuid)
from public, anon, authenticated, service_role;
grant execute on function public.get_my_notifications(boolean, integer, uuid) to authenticated;
