-- For tables that only grow. It refuses everybody, the owner of the database included; whoever switches triggers off
-- to get past it leaves a chain that no longer fits.
create function app.refuse_change() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception '% only grows: % is refused.', tg_table_name, lower(tg_op)
  using errcode = 'insufficient_privilege';
end
$$;

comment on function app.refuse_change() is
'Triggers _200_append_only of tables whose rows are never changed or removed.';

revoke all on function app.refuse_change() from public;
