-- A bed or a room is not taken from under who has it: they are moved, or what is kept for them given up, first.
--
-- SECURITY DEFINER because those who keep house (administrators) do not read who lives there. It follows a change of a
-- bed or a room that was allowed, and answers with a refusal that names nobody.
create function app.guard_place() returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  if exists (
    select from public.bed_stays as stays
    inner join public.beds on beds.org_id = stays.org_id and beds.id = stays.bed_id
    where
      stays.org_id = new.org_id and stays.bed_site_id = new.site_id
      and case tg_table_name when 'beds' then beds.id when 'rooms' then beds.room_id end = new.id
      and stays.ends_at > app.clock() and stays.deleted_at is null
  ) then
    perform app.raise_error(
      'conflict', 'Somebody has a bed here, or one is kept for them.', '{"reason": "bed_taken"}',
      'Transfer them to another bed, or cancel what is kept, first.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_place() is
'Trigger _200_taken: a bed that somebody has, and a room with one, is neither closed nor removed.';

revoke all on function app.guard_place() from public;
