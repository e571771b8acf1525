-- Whoever was behind a settled message is moved to where the workers look next: they may have passed it by.
create function app.leave_lines(p_org_ids uuid[], p_notification_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_line record;
  v_next record;
begin
  for v_line in
    delete from app.notification_lines as lines
    using unnest(p_org_ids, p_notification_ids) as given (org_id, id)
    where lines.org_id = given.org_id and lines.notification_id = given.id
    returning lines.org_id, lines.line_key
  loop
    select lines.notification_id into v_next
    from app.notification_lines as lines
    where lines.org_id = v_line.org_id and lines.line_key = v_line.line_key
    order by lines.place, lines.notification_id
    limit 1;
    if found then
      update app.notification_tasks as tasks
      set due_at = greatest(tasks.due_at, app.wall_clock()), written_by = pg_current_xact_id()
      where tasks.org_id = v_line.org_id and tasks.notification_id = v_next.notification_id;
    end if;
  end loop;
end
$$;

comment on function app.leave_lines(uuid[], uuid[]) is 'Takes settled messages out of their lines, so that the next ones can go.';

revoke all on function app.leave_lines(uuid[], uuid[]) from public;
