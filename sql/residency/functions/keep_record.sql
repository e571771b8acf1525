-- What was recorded about a resident is never rewritten; corrections are records of their own. Only its place changes,
-- when the resident moves and their records follow (`on update cascade`).
create function app.keep_record() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_moves constant text[] := array['site_id', 'version', 'updated_at', 'updated_by'] || tg_argv[0:];
begin
  -- The same value under another key is no change.
  if tg_op = 'UPDATE' and current_setting('carebase.resealing', true) = 'on' then
    return new;
  end if;
  if tg_op = 'DELETE' or to_jsonb(new) - v_moves <> to_jsonb(old) - v_moves then
    perform app.raise_error(
      'conflict', 'What was recorded stays as it is.', p_hint => 'Record the correction as a new entry.'
    );
  end if;
  return new;
end
$$;

comment on function app.keep_record() is
'Trigger _200_keep of records about residents: refuses every change but that of the site, and of the columns it names.';

revoke all on function app.keep_record() from public;
