-- What keeps somebody from work because a training or a check is missing or over. Training records are kept by their
-- own part of this room, which says more than nothing here; every rota asks it through this one function.
create function app.training_gaps(p_org_id uuid, p_user_id uuid, p_on date) returns text[]
language sql stable
set search_path = ''
as $$
  select '{}'::text[] where num_nulls(p_org_id, p_user_id, p_on) = 0
$$;

comment on function app.training_gaps(uuid, uuid, date) is
'The codes of trainings and checks that somebody needs and does not have on a day; empty where nothing is missing.';

revoke all on function app.training_gaps(uuid, uuid, date) from public;
