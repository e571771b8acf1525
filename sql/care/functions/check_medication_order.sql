-- What an order must say, told by the parameter that is wrong; the table holds the same as constraints. The words are
-- checked where they are sealed.
create function app.check_medication_order(p_order public.medication_orders, p_reason text) returns void
language plpgsql stable
set search_path = ''
as $$
declare
  v_rule record;
begin
  for v_rule in
    select rules.*
    from (
      values
        ('p_route', p_order.route is not null, 'Say how it is taken.'),
        ('p_dose_quantity', app.is_quantity(p_order.dose_quantity), 'A dose is above zero, to three decimals.'),
        ('p_unit', length(p_order.unit) between 1 and 30, 'A unit has 1 to 30 characters.'),
        ('p_is_as_needed', p_order.is_as_needed is not null, 'Say whether it is as needed.'),
        ('p_is_controlled', p_order.is_controlled is not null, 'Say whether it is a controlled drug.'),
        (
          'p_times_of_day',
          case
            when p_order.is_as_needed then p_order.times_of_day is null
            else cardinality(p_order.times_of_day) between 1 and 24
              and array_position(p_order.times_of_day, null) is null
          end,
          'An order has 1 to 24 times of day, or is as needed.'
        ),
        (
          'p_weekdays',
          p_order.weekdays is null
          or (cardinality(p_order.weekdays) between 1 and 7 and p_order.weekdays <@ '{1,2,3,4,5,6,7}'::smallint[]),
          'Days of the week are 1 to 7.'
        ),
        (
          'p_every_days',
          p_order.every_days is null or (p_order.every_days between 1 and 90 and p_order.weekdays is null),
          'Every 1 to 90 days, or on days of the week.'
        ),
        ('p_window_minutes', p_order.window_minutes between 15 and 720, 'A window is 15 to 720 minutes.'),
        (
          'p_min_interval_minutes',
          case
            when p_order.is_as_needed then p_order.min_interval_minutes between 1 and 10080
            else p_order.min_interval_minutes is null
          end,
          'What is as needed, and only that, has an interval of 1 to 10080 minutes.'
        ),
        (
          'p_max_quantity_24_hours',
          case
            when p_order.is_as_needed
              then app.is_quantity(p_order.max_quantity_24_hours)
                and p_order.max_quantity_24_hours >= p_order.dose_quantity
            else p_order.max_quantity_24_hours is null
          end,
          'What is as needed, and only that, has a maximum in 24 hours, of one dose at least.'
        ),
        (
          'p_effect_after_minutes',
          not p_order.is_as_needed or coalesce(p_order.effect_after_minutes between 5 and 720, false),
          'An effect is looked at after 5 to 720 minutes.'
        ),
        (
          'p_starts_at',
          p_order.starts_at is null or abs(extract(epoch from p_order.starts_at - app.clock())) <= 366 * 86400,
          'An order starts within a year.'
        ),
        (
          'p_reason',
          case when p_reason is null then p_order.replaces_id is null else length(p_reason) between 1 and 1000 end,
          'A change says why, in 1 to 1000 characters.'
        )
    ) as rules (field, is_right, message)
  loop
    perform app.check_input(v_rule.field, v_rule.is_right, v_rule.message);
  end loop;
end
$$;

comment on function app.check_medication_order(public.medication_orders, text) is
'Ends the request with invalid_input, naming the parameter, unless an order says all that it must.';

create function app.is_quantity(p_quantity numeric) returns boolean
language sql immutable
return p_quantity > 0 and p_quantity < 1000000 and p_quantity = round(p_quantity, 3);

comment on function app.is_quantity(numeric) is
'Whether something of this quantity can be given: above zero, three decimals.';

revoke all on function app.check_medication_order(public.medication_orders, text) from public;
revoke all on function app.is_quantity(numeric) from public;
grant execute on function app.check_medication_order(public.medication_orders, text) to authenticated;
grant execute on function app.is_quantity(numeric) to authenticated;
