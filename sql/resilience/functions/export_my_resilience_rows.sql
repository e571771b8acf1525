-- The same as export_my_resilience_data(), as rows: a value to a row, because the tables have different columns and a
-- person wants one file. What a spreadsheet would take for a formula is written with an apostrophe before it: names of
-- circles are other people's words.
create function public.export_my_resilience_rows() returns table (
  table_name text,
  row_number integer,
  column_name text,
  value text
)
language plpgsql volatile
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.require_person();
  return query
  select
    tables.name, rows.number::integer, columns.name,
    case when columns.content ~ '^[=+@\t\r]|^-[^0-9]' then '''' || columns.content else columns.content end
  from jsonb_each(app.resilience_data_of_mine()) as tables (name, content)
  cross join jsonb_array_elements(tables.content) with ordinality as rows (content, number)
  cross join jsonb_each_text(rows.content) as columns (name, content)
  where columns.content is not null
  order by tables.name, rows.number, columns.name;
end
$$;

comment on function public.export_my_resilience_rows() is
'What export_my_resilience_data() hands out, a value to a row: ask with Accept: text/csv and it is a file that any
spreadsheet opens. Values that are null are left out; one that a spreadsheet would take for a formula has an apostrophe
before it.
table_name, column_name: where the value is from. row_number: counts the rows of a table, from 1.
Never null: table_name, row_number, column_name, value.
Errors: feature_disabled, permission_denied, not_authenticated.';

revoke all on function public.export_my_resilience_rows() from public, anon, authenticated, service_role;
grant execute on function public.export_my_resilience_rows() to authenticated;
