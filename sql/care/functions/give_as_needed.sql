-- What was given of a medicine before, whichever order it was by: the orders that an order replaced, one after the
-- other, and all that are given from the same stock.
create function app.orders_of_same_medicine(p_org_id uuid, p_order_id uuid) returns uuid[]
language sql stable
set search_path = ''
as $$
  with recursive chain as (
    select orders.id, orders.replaces_id, orders.stock_id, 1 as depth
    from public.medication_orders as orders
    where orders.org_id = p_org_id and orders.id = p_order_id
    union all
    select orders.id, orders.replaces_id, orders.stock_id, chain.depth + 1
    from chain
    inner join public.medication_orders as orders on orders.org_id = p_org_id and orders.id = chain.replaces_id
    where chain.depth < 50
  )
  select array(
    select chain.id from chain
    union
    select orders.id
    from public.medication_orders as orders
    where orders.org_id = p_org_id and orders.stock_id = any(array(select chain.stock_id from chain))
  )
$$;

comment on function app.orders_of_same_medicine(uuid, uuid) is
'An order, those it replaced, and all that are given from the same stock.';

-- What waits for a witness, or was not witnessed, was given as far as anybody knows: it counts. A dose that was given
-- earlier than others which are recorded already (a telephone without a network) must fit before them, too.
create function app.next_as_needed_at(
  p_order public.medication_orders, p_quantity numeric, p_at timestamptz,
  out possible_at timestamptz, out reason text
)
language plpgsql stable
set search_path = ''
as $$
declare
  v_orders constant uuid[] := app.orders_of_same_medicine(p_order.org_id, p_order.id);
  v_interval constant interval := make_interval(mins => p_order.min_interval_minutes);
  v_after_interval timestamptz;
  v_after_maximum timestamptz;
begin
  with given as materialized (
    select administrations.occurred_at, administrations.quantity
    from public.medication_administrations as administrations
    where
      administrations.org_id = p_order.org_id and administrations.order_id = any(v_orders)
      and administrations.quantity is not null and administrations.superseded_at is null
      and administrations.occurred_at > p_at - greatest(v_interval, interval '24 hours')
  )
  select
    (select max(given.occurred_at) + v_interval from given where given.occurred_at < p_at + v_interval),
    -- The earliest moment from which on, with all that is given less than 24 hours before, there is room.
    (
      select min(moments.at)
      from (select p_at as at union select given.occurred_at + interval '24 hours' from given) as moments
      where
        moments.at >= p_at
        and not exists (
          select from (select moments.at as ends_at union select later.occurred_at from given as later) as days
          where
            days.ends_at >= moments.at and days.ends_at < moments.at + interval '24 hours'
            and p_quantity + (
              select coalesce(sum(given.quantity), 0) from given
              where given.occurred_at > days.ends_at - interval '24 hours' and given.occurred_at <= days.ends_at
            ) > p_order.max_quantity_24_hours
        )
    )
  into v_after_interval, v_after_maximum;
  possible_at := greatest(p_at, v_after_interval, v_after_maximum);
  reason := case
    when possible_at = p_at then null
    when v_after_interval = possible_at then 'minimum_interval'
    else 'maximum_24_hours'
  end;
end
$$;

comment on function app.next_as_needed_at(public.medication_orders, numeric, timestamptz) is
'From p_at on, when so much of an as-needed order may be given next, and what holds it back until then; null: nothing.';

-- SECURITY DEFINER because nobody writes these tables; it asks for a role at the site and for somebody who is employed
-- there.
create function app.record_as_needed(p_administration public.medication_administrations, p_stock_id uuid)
returns public.medication_administrations
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_row public.medication_administrations := p_administration;
  v_known public.medication_administrations;
  v_order public.medication_orders;
  v_next record;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('carer', 'nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_row.org_id := app.current_org();
  perform app.claim_request(
    v_row.request_key, concat_ws(':', 'record_as_needed', to_jsonb(p_administration), p_stock_id)
  );
  v_known := app.recorded_administration(v_row.request_key);
  if v_known.id is not null then
    return v_known;
  end if;

  v_order := app.lock_as_needed_order(v_row.org_id, v_row.order_id);
  v_row.occurred_at := coalesce(v_row.occurred_at, app.clock());
  if v_order.status <> 'active' or v_row.occurred_at < v_order.starts_at
    or coalesce(v_row.occurred_at >= v_order.ends_at, false) then
    perform app.raise_error('conflict', 'This order is not in force.', jsonb_build_object('status', v_order.status));
  end if;
  v_row.quantity := coalesce(v_row.quantity, v_order.dose_quantity);
  perform app.check_input(
    'p_quantity', v_row.quantity > 0 and v_row.quantity <= v_order.dose_quantity,
    'At once no more is given than the order says.'
  );
  select next.* into v_next
  from app.next_as_needed_at(v_order, v_row.quantity, v_row.occurred_at) as next;
  if v_next.reason is not null then
    perform app.raise_error(
      'conflict',
      case v_next.reason
        when 'minimum_interval' then 'It is too soon after the last dose.'
        else 'That would be more than is allowed within 24 hours.'
      end,
      jsonb_build_object('reason', v_next.reason, 'possible_at', v_next.possible_at)
    );
  end if;
  perform app.check_remedy(v_order, p_stock_id);
  return app.write_administration(v_order, coalesce(v_order.stock_id, p_stock_id), v_row);
end
$$;

comment on function app.record_as_needed(public.medication_administrations, uuid) is
'What public.record_as_needed does; authorizes for itself.';

-- Who gives as needed at the same time waits here for the other, whichever order of the medicine they give by: the
-- orders are locked in one order.
create function app.lock_as_needed_order(p_org_id uuid, p_order_id uuid) returns public.medication_orders
language plpgsql volatile
set search_path = ''
as $$
declare
  v_order public.medication_orders;
begin
  perform from public.medication_orders as orders
  where
    orders.org_id = p_org_id and orders.id = any(app.orders_of_same_medicine(p_org_id, p_order_id))
    and orders.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'))
  order by orders.id
  for no key update;
  select orders.* into v_order
  from public.medication_orders as orders
  where
    orders.org_id = p_org_id and orders.id = p_order_id and orders.is_as_needed
    and orders.site_id = any(app.my_sites('carer', 'nurse', 'clinician', 'manager'));
  if v_order.id is null then
    perform app.raise_error('not_found', 'There is no such order.', jsonb_build_object('field', 'p_order_id'));
  end if;
  return v_order;
end
$$;

comment on function app.lock_as_needed_order(uuid, uuid) is
'An as-needed order at a site of the caller, locked with all of the same medicine; not_found otherwise.';

create function app.check_remedy(p_order public.medication_orders, p_stock_id uuid) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_stock_id is null then
    return;
  end if;
  perform app.check_input('p_stock_id', p_order.stock_id is null, 'This order has a stock of its own.');
  if not exists (
    select from public.medication_stock as stock
    where
      stock.org_id = p_order.org_id and stock.id = p_stock_id and stock.resident_id is null
      and stock.site_id = p_order.site_id and stock.deleted_at is null
  ) then
    perform app.raise_error(
      'not_found', 'There is no such homely remedy here.', jsonb_build_object('field', 'p_stock_id')
    );
  end if;
end
$$;

comment on function app.check_remedy(public.medication_orders, uuid) is
'Ends the request unless a stock is a homely remedy of the site where an order without its own stock is given.';

revoke all on function app.orders_of_same_medicine(uuid, uuid) from public;
revoke all on function app.next_as_needed_at(public.medication_orders, numeric, timestamptz) from public;
revoke all on function app.record_as_needed(public.medication_administrations, uuid) from public;
revoke all on function app.lock_as_needed_order(uuid, uuid) from public;
revoke all on function app.check_remedy(public.medication_orders, uuid) from public;
grant execute on function app.record_as_needed(public.medication_administrations, uuid) to authenticated;
grant execute on function app.orders_of_same_medicine(uuid, uuid) to authenticated;
grant execute on function app.next_as_needed_at(public.medication_orders, numeric, timestamptz) to authenticated;
