-- Numbers and sums are the database's to write, whoever inserts the line.
create function app.number_stock_movement() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_last record;
begin
  if new.status <> 'confirmed' then
    new.entry_number := null;
    new.quantity_after := null;
    return new;
  end if;
  if tg_op = 'UPDATE' and old.status = 'confirmed' then
    return new;
  end if;
  perform app.lock_stock(new.org_id, new.stock_id);
  select movements.entry_number, movements.quantity_after into v_last
  from public.medication_stock_movements as movements
  where
    movements.org_id = new.org_id and movements.stock_id = new.stock_id
    and movements.is_controlled = new.is_controlled and movements.entry_number is not null
  order by movements.entry_number desc
  limit 1;
  new.entry_number := coalesce(v_last.entry_number, 0) + 1;
  new.quantity_after := coalesce(v_last.quantity_after, 0) + new.quantity;
  if new.quantity_after < 0 then
    perform app.raise_error(
      'conflict', 'There is not so much in the stock.', jsonb_build_object('reason', 'not_in_stock')
    );
  end if;
  return new;
end
$$;

comment on function app.number_stock_movement() is
'Trigger _500_number: a confirmed line has the next number of its register, and what is left after it, never below
zero.';

revoke all on function app.number_stock_movement() from public;
