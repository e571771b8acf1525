-- Finding by equality what is sealed: a keyed hash of the value, cut to four bytes. The key is the organization's, so
-- the same name has another index elsewhere. Four bytes, because what is cut off cannot be tested: an index fits
-- about one in four billion names, and whoever steals it with its key finds many. What was found is opened and
-- compared.
--
-- Equal values have equal indexes: how often each occurs shows. So only for columns of many values (names, numbers),
-- never for a gender or a diagnosis.
-- ASCII without two spaces in a row, which is nearly all there is, is spared what cannot change it.
create function app.index_form(p_value text) returns text
language sql immutable
return case
  when octet_length(p_value) = length(p_value) and strpos(p_value, '  ') = 0 and p_value !~ '[\t\n\r\f\v]'
    then lower(btrim(p_value))
  else lower(btrim(regexp_replace(normalize(p_value, nfkc), '\s+', ' ', 'g')))
end;

comment on function app.index_form(text) is
'The form in which values are equal for a search: without differences of case, width or spaces.';

-- HMAC-SHA-512 over the place and the value, cut: aead_tag without associated data is exactly that up to eight bytes of
-- zeros after it, which change nothing of what it promises.
create function app.blind_index(p_schedule bytea, p_place bytea, p_value text) returns bytea
language sql stable
return substr(app.aead_tag(p_schedule, ''::bytea, p_place || convert_to(app.index_form(p_value), 'UTF8')), 1, 4);

comment on function app.blind_index(bytea, bytea, text) is
'The blind index of a value. p_place: as of the sealed value, so that equal values of two columns differ.';

-- While an organization changes its index key, rows have the index of either.
create function app.blind_indexes(p_org_id uuid, p_place bytea, p_value text) returns bytea[]
language plpgsql stable
set search_path = ''
as $$
declare
  v_tags bytea[];
begin
  select array_agg(uuid_send(keys.id)) into v_tags
  from app.data_keys as keys
  where
    keys.purpose = 'index' and keys.subject_id is null
    and coalesce(keys.org_id, '00000000-0000-0000-0000-000000000000')
    = coalesce(p_org_id, '00000000-0000-0000-0000-000000000000')
    and keys.wrapped_key is not null;
  return array(
    select app.blind_index(unwrapped.schedule, p_place, p_value) from app.unwrap_keys(v_tags) as unwrapped
  );
end
$$;

comment on function app.blind_indexes(uuid, bytea, text) is
'The indexes that a value may have been stored with, one per index key of the organization.';

revoke all on function app.index_form(text) from public;
revoke all on function app.blind_index(bytea, bytea, text) from public;
revoke all on function app.blind_indexes(uuid, bytea, text) from public;
