-- Rows come in the order of their key: the data key of the last value is nearly always that of the next.
create function app.departing_key(p_tag bytea) returns bytea
language plpgsql volatile
set search_path = ''
as $$
declare
  v_kept bytea := decode(coalesce(current_setting('carebase.departing_key', true), ''), 'hex');
begin
  if substr(v_kept, 1, 16) is distinct from p_tag then
    v_kept := p_tag || coalesce(
      (select unwrapped.schedule from app.unwrap_keys(array[p_tag]) as unwrapped), ''::bytea
    );
    perform set_config('carebase.departing_key', encode(v_kept, 'hex'), true);
  end if;
  return nullif(substr(v_kept, 17), ''::bytea);
end
$$;

comment on function app.departing_key(bytea) is
'The data key of a value, ready for use; null if it was destroyed, or is of no key that is known here.';

-- The IV follows from key, row and value: the same value of the same row gives the same bytes wherever and whenever it
-- is sealed for this transfer, so that an export can be compared with any database. It tells nothing of other rows, and
-- another value has another IV that cannot be foreseen. aead_tag without associated data ends with eight bytes of zeros
-- where a tag has a length, so that neither is ever the other.
create function app.seal_for_transfer(
  p_value bytea, p_place text, p_row_id uuid, p_org_id uuid, p_subject_id uuid
) returns bytea
language plpgsql volatile
set search_path = ''
as $$
declare
  v_key constant bytea := decode(current_setting('carebase.transfer_key'), 'hex');
  v_context constant bytea := app.transfer_context(p_place, p_row_id, p_org_id, p_subject_id);
  v_opener constant bytea := case when p_value is not null then app.departing_key(substr(p_value, 2, 16)) end;
  v_plain bytea;
begin
  if v_opener is null then
    return p_value;
  end if;
  v_plain := app.open_value(
    v_opener, app.sealed_context(convert_to('carebase:1:' || p_place || ':', 'UTF8'), p_org_id, p_subject_id), p_value
  );
  if v_plain is null then
    perform app.refuse_damaged(p_place, p_row_id);
  end if;
  return '\x01'::bytea || substr(v_key, 1, 16) || app.aead_seal(
    substr(v_key, 17), v_context, v_plain, substr(app.aead_tag(substr(v_key, 17), ''::bytea, v_context || v_plain), 1, 16)
  );
end
$$;

comment on function app.seal_for_transfer(bytea, text, uuid, uuid, uuid) is
'A sealed value as an export holds it: under the transfer key; as it is if its key was destroyed. Errors: XX001.';

revoke all on function app.departing_key(bytea) from public;
revoke all on function app.seal_for_transfer(bytea, text, uuid, uuid, uuid) from public;
