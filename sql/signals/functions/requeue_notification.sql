create function app.requeue_dead(p_org_id uuid, p_notification_id uuid) returns boolean
language plpgsql volatile
set search_path = ''
as $$
declare
  v_queue public.notification_queue;
begin
  update public.notification_queue as queue
  set status = 'pending', settled_at = null, died_at = null, attempt_count = 0
  where queue.org_id = p_org_id and queue.id = p_notification_id and queue.status = 'dead'
  returning queue.* into v_queue;
  if v_queue.id is null then
    return false;
  end if;
  perform app.add_task(p_org_id, p_notification_id, v_queue.priority, app.wall_clock(), v_queue.line_key);
  return true;
end
$$;

comment on function app.requeue_dead(uuid, uuid) is
'Gives a dead message all its attempts again, at the end of its line; whether there was one. For owners'' functions.';

-- SECURITY DEFINER because nobody writes the queue; require_role is the authorization, the active organization the
-- bound.
create function app.requeue_notification(p_notification_id uuid) returns boolean
language plpgsql volatile
security definer
set search_path = ''
as $$
begin
  perform app.require_role('org_owner', 'admin');
  return app.requeue_dead(app.current_org(), p_notification_id);
end
$$;

comment on function app.requeue_notification(uuid) is 'What public.requeue_notification does; authorizes for itself.';

create function public.requeue_notification(p_notification_id uuid) returns boolean
language sql volatile
set search_path = ''
as $$
  select app.requeue_notification(p_notification_id)
$$;

comment on function public.requeue_notification(uuid) is
'Sends a message again that was given up, once what was wrong is put right; false if it is not among the dead letters.
Receivers know it by the same id as before. For owners and administrators.
p_notification_id: one of get_dead_letters().
Errors: not_authenticated, session_expired, mfa_required, permission_denied.
Idempotent: yes.';

revoke all on function app.requeue_dead(uuid, uuid) from public;
revoke all on function app.requeue_notification(uuid) from public;
grant execute on function app.requeue_notification(uuid) to authenticated;
revoke all on function public.requeue_notification(uuid) from public, anon, authenticated, service_role;
grant execute on function public.requeue_notification(uuid) to authenticated;
