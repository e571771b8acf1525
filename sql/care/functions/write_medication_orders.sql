-- Writing orders. SECURITY DEFINER because nobody writes these tables; a role at the site of the resident, in the
-- active organization, is the authorization.
create function app.create_medication_order(p_order public.medication_orders, p_reason text)
returns public.medication_orders
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_order public.medication_orders := p_order;
  v_known public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  perform app.claim_request(
    p_order.request_key, concat_ws(':', 'create_medication_order', to_jsonb(p_order), p_reason)
  );
  select orders.* into v_known
  from public.medication_orders as orders
  where orders.org_id = v_org_id and orders.created_by = app.my_id() and orders.request_key = p_order.request_key;
  if found then
    return v_known;
  end if;

  select residents.site_id into v_order.site_id
  from public.residents
  where
    residents.org_id = v_org_id and residents.id = v_order.resident_id and residents.deleted_at is null
    and residents.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for key share;
  if v_order.site_id is null then
    perform app.raise_error(
      'not_found', 'There is no such resident.', jsonb_build_object('field', 'p_resident_id')
    );
  end if;
  perform app.check_order_stock(v_org_id, v_order);
  v_order.starts_at := coalesce(v_order.starts_at, app.clock());
  if v_order.replaces_id is not null then
    v_order.starts_at := greatest(v_order.starts_at, app.clock());
    perform app.replace_medication_order(v_org_id, v_order, p_reason);
  end if;
  perform app.check_input(
    'p_ends_at', coalesce(v_order.ends_at > v_order.starts_at, true), 'An order ends after it starts.'
  );

  v_order.org_id := v_org_id;
  v_order.id := app.uuid_v7();
  v_order.status := 'active';
  v_order.created_at := app.clock();
  v_order.updated_at := app.clock();
  v_order.version := 1;
  insert into public.medication_orders select v_order.* returning * into v_order;
  perform app.note_order_event(v_order, 'created', p_reason);
  if not v_order.is_as_needed then
    insert into app.medication_plans (org_id, order_id, planned_until_at)
    values (
      v_org_id, v_order.id,
      -- What is entered in the morning for this morning can still be given while its window is open.
      greatest(v_order.starts_at, app.clock() - make_interval(mins => v_order.window_minutes))
    );
    perform app.plan_doses(v_org_id, array[v_order.id], app.dose_horizon());
  end if;
  return v_order;
end
$$;

comment on function app.create_medication_order(public.medication_orders, text) is
'What public.create_medication_order does; authorizes for itself.';

create function app.check_order_stock(p_org_id uuid, p_order public.medication_orders) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_stock public.medication_stock;
begin
  if p_order.stock_id is null then
    perform app.check_input(
      'p_stock_id', not p_order.is_controlled, 'A controlled drug is given from a counted stock.'
    );
    return;
  end if;
  select stock.* into v_stock
  from public.medication_stock as stock
  where
    stock.org_id = p_org_id and stock.id = p_order.stock_id and stock.resident_id = p_order.resident_id
    and stock.deleted_at is null;
  if v_stock.id is null then
    perform app.raise_error(
      'not_found', 'The resident has no such stock.', jsonb_build_object('field', 'p_stock_id')
    );
  end if;
  perform app.check_input('p_unit', v_stock.unit = p_order.unit, 'An order counts in the unit of its stock.');
  perform app.check_input(
    'p_is_controlled', v_stock.is_controlled = p_order.is_controlled,
    'An order is of a controlled drug exactly if its stock is.'
  );
end
$$;

comment on function app.check_order_stock(uuid, public.medication_orders) is
'Ends the request unless the stock of an order is the resident''s own, counts in its unit, and is controlled as it is.';

-- The order that is changed ends where the new one starts, which may be later; until then it stands.
create function app.replace_medication_order(p_org_id uuid, p_by public.medication_orders, p_reason text) returns void
language plpgsql volatile
set search_path = ''
as $$
declare
  v_old public.medication_orders;
begin
  select orders.* into v_old
  from public.medication_orders as orders
  where orders.org_id = p_org_id and orders.id = p_by.replaces_id and orders.resident_id = p_by.resident_id
  for no key update;
  if v_old.id is null then
    perform app.raise_error('not_found', 'There is no such order.', jsonb_build_object('field', 'p_replaces_id'));
  end if;
  if v_old.status = 'stopped' or exists (
    select from public.medication_orders as others
    where others.org_id = p_org_id and others.replaces_id = v_old.id
  ) then
    perform app.raise_error('conflict', 'This order was stopped or replaced already.');
  end if;
  update public.medication_orders as orders
  set
    status = case when p_by.starts_at <= app.clock() then 'stopped' else orders.status end,
    ends_at = greatest(orders.starts_at, least(orders.ends_at, p_by.starts_at))
  where orders.org_id = p_org_id and orders.id = v_old.id;
  update public.medication_doses as doses set status = 'cancelled'
  where
    doses.org_id = p_org_id and doses.order_id = v_old.id and doses.status = 'planned'
    and doses.due_at >= p_by.starts_at;
  perform app.note_order_event(v_old, 'replaced', p_reason);
end
$$;

comment on function app.replace_medication_order(uuid, public.medication_orders, text) is
'Ends an order where the one that replaces it starts, and cancels its doses from then on.';

create function app.note_order_event(
  p_order public.medication_orders, p_change public.medication_order_change, p_reason text
) returns void
language sql volatile
set search_path = ''
as $$
  insert into public.medication_order_events (
    org_id, resident_id, site_id, order_id, change, reason, occurred_at, done_by
  )
  values (
    p_order.org_id, p_order.resident_id, p_order.site_id, p_order.id, p_change, app.plain(p_reason), app.clock(),
    app.my_id()
  )
$$;

comment on function app.note_order_event(public.medication_orders, public.medication_order_change, text) is
'Notes what the caller did with an order, and why.';

create function app.change_medication_order_status(
  p_id uuid, p_status public.medication_order_status, p_reason text
) returns public.medication_orders
language plpgsql volatile
security definer
set search_path = ''
as $$
declare
  v_org_id uuid;
  v_order public.medication_orders;
begin
  perform app.require_feature('care_homes');
  perform app.require_role('nurse', 'clinician', 'manager');
  perform app.signing_staff();
  v_org_id := app.current_org();
  select orders.* into v_order
  from public.medication_orders as orders
  where
    orders.org_id = v_org_id and orders.id = p_id
    and orders.site_id = any(app.my_sites('nurse', 'clinician', 'manager'))
  for no key update;
  if v_order.id is null then
    perform app.raise_error('not_found', 'There is no such order.');
  end if;
  if v_order.status = p_status then
    return v_order;
  end if;
  if v_order.status = 'stopped' then
    perform app.raise_error('conflict', 'This order was stopped.', p_hint => 'Write a new order.');
  end if;
  update public.medication_orders as orders
  set
    status = p_status,
    ends_at = case p_status
      when 'stopped' then greatest(orders.starts_at, least(orders.ends_at, app.clock())) else orders.ends_at
    end
  where orders.org_id = v_org_id and orders.id = p_id
  returning orders.* into v_order;
  perform app.note_order_event(
    v_order,
    case p_status when 'active' then 'resumed' else p_status::text end::public.medication_order_change, p_reason
  );
  perform app.follow_order_status(v_order);
  return v_order;
end
$$;

comment on function app.change_medication_order_status(uuid, public.medication_order_status, text) is
'What public.change_medication_order_status does; authorizes for itself.';

-- What is due from now on is not given while an order is paused. A dose whose time was over before stays: it was
-- missed.
create function app.follow_order_status(p_order public.medication_orders) returns void
language plpgsql volatile
set search_path = ''
as $$
begin
  if p_order.status <> 'active' then
    delete from app.medication_plans as plans
    where plans.org_id = p_order.org_id and plans.order_id = p_order.id;
    update public.medication_doses as doses set status = 'cancelled'
    where
      doses.org_id = p_order.org_id and doses.order_id = p_order.id and doses.status = 'planned'
      and doses.window_ends_at > app.clock();
  elsif not p_order.is_as_needed then
    update public.medication_doses as doses set status = 'planned'
    where
      doses.org_id = p_order.org_id and doses.order_id = p_order.id and doses.status = 'cancelled'
      and doses.window_ends_at > app.clock() and (p_order.ends_at is null or doses.due_at < p_order.ends_at);
    insert into app.medication_plans (org_id, order_id, planned_until_at)
    values (p_order.org_id, p_order.id, greatest(p_order.starts_at, app.clock()));
    perform app.plan_doses(p_order.org_id, array[p_order.id], app.dose_horizon());
  end if;
end
$$;

comment on function app.follow_order_status(public.medication_orders) is
'Cancels the doses of an order that is paused or stopped, and plans those of one that is resumed.';

revoke all on function app.create_medication_order(public.medication_orders, text) from public;
revoke all on function app.check_order_stock(uuid, public.medication_orders) from public;
revoke all on function app.replace_medication_order(uuid, public.medication_orders, text) from public;
revoke all on function app.note_order_event(
  public.medication_orders, public.medication_order_change, text
) from public;
revoke all on function app.change_medication_order_status(
  uuid, public.medication_order_status, text
) from public;
revoke all on function app.follow_order_status(public.medication_orders) from public;
grant execute on function app.create_medication_order(public.medication_orders, text) to authenticated;
grant execute on function app.change_medication_order_status(
  uuid, public.medication_order_status, text
) to authenticated;
