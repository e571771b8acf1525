-- What keeps somebody off a rota. Not a definer and granted to nobody: the definers of the rota call it, who have
-- authorized for themselves.
create function app.training_gaps(p_org_id uuid, p_user_id uuid, p_on date) returns text[]
language sql stable
set search_path = ''
as $$
  select coalesce(array_agg(distinct cells.code order by cells.code), '{}')
  from app.training_cells(p_org_id, p_on, p_user_id) as cells
  where cells.blocks_rostering and cells.standing in ('missing', 'expired')
$$;

comment on function app.training_gaps(uuid, uuid, date) is
'The courses (by code) and checks (by kind) without which nobody is rostered and which this person will not have on that
day: never done, or expired by then. Empty: nothing stands in the way.';

revoke all on function app.training_gaps(uuid, uuid, date) from public;
