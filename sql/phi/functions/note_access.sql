-- One event per call that opened something: who is taken from the request, why and of whom from the call. No values.
create function app.note_access(
  p_purpose public.access_purpose, p_table text, p_org_id uuid, p_subject_ids uuid[], p_row_count bigint,
  p_key_tags bytea[]
) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_keys jsonb;
begin
  select coalesce(jsonb_agg(jsonb_build_object('id', keys.id, 'version', keys.version) order by keys.id), '[]')
  into v_keys
  from app.data_keys as keys
  where keys.id = any(array(select encode(each.tag, 'hex')::uuid from unnest(p_key_tags) as each (tag)));
  perform app.audit(
    'read', p_org_id, p_table,
    p_changes => jsonb_build_object('opened', p_row_count, 'keys', v_keys),
    p_operation => 'open', p_purpose => p_purpose::text, p_subject_ids => p_subject_ids
  );
end
$$;

comment on function app.note_access(public.access_purpose, text, uuid, uuid[], bigint, bytea[]) is
'Writes the access event of one call: how many rows it opened, of whom, what for, with which versions of keys.';

-- Of rows that are not theirs the caller hears nothing; those who watch over the trail hear that they were asked for.
-- The ids are the caller's own words, and say nothing about whether there is such a row.
create function app.note_refusal(p_purpose public.access_purpose, p_table text, p_ids uuid[]) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if cardinality(p_ids) > 0 then
    perform app.audit(
      'refuse', null, p_table,
      p_changes => jsonb_build_object('refused', cardinality(p_ids), 'ids', to_jsonb(p_ids[:100])),
      p_operation => 'open', p_purpose => p_purpose::text, p_outcome => 'failure'
    );
  end if;
end
$$;

comment on function app.note_refusal(public.access_purpose, text, uuid[]) is
'Writes an event with outcome failure: rows that somebody asked to open and does not see; at most a hundred ids.';

create function app.refuse_damaged(p_place text, p_row_id uuid) returns text
language plpgsql volatile
set search_path = ''
as $$
begin
  raise exception 'A sealed value does not open: % of row %.', p_place, p_row_id
  using
    errcode = 'data_corrupted',
    hint = 'It was altered, or moved from another column, person or organization. Restore it from a backup.';
end
$$;

comment on function app.refuse_damaged(text, uuid) is
'Ends a transaction that found a sealed value altered or moved. Names the place, never what it holds.';

revoke all on function app.note_access(public.access_purpose, text, uuid, uuid[], bigint, bytea[]) from public;
revoke all on function app.note_refusal(public.access_purpose, text, uuid[]) from public;
revoke all on function app.refuse_damaged(text, uuid) from public;
