-- What is sealed is checked here, on its way in, and never repeated in a message. Only what changes is looked at.
create function app.guard_medication_words() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_most constant integer := case tg_table_name
    when 'medication_discrepancies' then 2000 when 'medication_stock_movements' then 500 else 1000
  end;
  v_new constant jsonb := to_jsonb(new);
  v_old constant jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) else '{}' end;
  v_column text;
begin
  foreach v_column in array tg_argv loop
    if v_new ->> v_column is not null and v_new -> v_column is distinct from v_old -> v_column then
      perform app.check_words(
        v_column, length(convert_from((v_new ->> v_column)::bytea, 'UTF8')) between 1 and v_most,
        format('It has 1 to %s characters.', v_most)
      );
    end if;
  end loop;
  return new;
end
$$;

comment on function app.guard_medication_words() is
'Trigger of tables of medication: the sealed texts that it names are neither empty nor too long.';

create function app.guard_medication_stock() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.medication_name is not null then
    perform app.check_words(
      'medication_name', length(convert_from(new.medication_name, 'UTF8')) between 1 and 200,
      'The name of a medicine has 1 to 200 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_medication_stock() is
'Trigger _210_guard: the name of a medicine has 1 to 200 characters.';

create function app.guard_medication_order() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_details jsonb;
  v_rule record;
begin
  perform app.check_plain('details', 'jsonb', new.details);
  v_details := convert_from(new.details, 'UTF8')::jsonb;
  perform app.check_words(
    'details',
    jsonb_typeof(v_details) = 'object' and v_details - '{name,dose,indication,instructions,prescriber}'::text[] = '{}',
    'An order says name, dose, indication, instructions and prescriber.'
  );
  for v_rule in
    select rules.*, v_details ->> rules.part as words
    from (
      values
        ('name', 200, true), ('dose', 200, true), ('indication', 300, new.is_as_needed), ('instructions', 1000, false),
        ('prescriber', 200, true)
    ) as rules (part, most, is_required)
  loop
    perform app.check_words(
      v_rule.part,
      case
        when v_rule.words is null then not v_rule.is_required
        else length(v_rule.words) between 1 and v_rule.most
      end,
      format('It has 1 to %s characters.', v_rule.most)
    );
  end loop;
  return new;
end
$$;

comment on function app.guard_medication_order() is
'Trigger _210_guard: an order names its medicine, dose and prescriber, as needed also what for; none is too long.';

revoke all on function app.guard_medication_words() from public;
revoke all on function app.guard_medication_stock() from public;
revoke all on function app.guard_medication_order() from public;
