-- What is sealed is checked here, on its way in, and never repeated in a message: messages are logged. Only what
-- changes is looked at; the rest is ciphertext already.
create function app.check_words(p_field text, p_are_good boolean, p_rule text) returns void
language plpgsql stable
set search_path = ''
as $$
begin
  if p_are_good is not true then
    perform app.raise_error('invalid_input', p_rule, jsonb_build_object('field', p_field));
  end if;
end
$$;

comment on function app.check_words(text, boolean, text) is
'Ends the request with invalid_input unless a sealed field is as its rule says. Names the field, never its value.';

create function app.guard_patient() returns trigger
language plpgsql
set search_path = ''
as $$
declare
  v_given jsonb;
begin
  if new.family_name is distinct from old.family_name and new.family_name is not null then
    perform app.check_words(
      'family_name', length(convert_from(new.family_name, 'UTF8')) <= 200, 'A family name has at most 200 characters.'
    );
  end if;
  if new.given_names is distinct from old.given_names and new.given_names is not null then
    perform app.check_plain('given_names', 'jsonb', new.given_names);
    v_given := convert_from(new.given_names, 'UTF8');
    perform app.check_words(
      'given_names',
      case
        when jsonb_typeof(v_given) = 'array' then
          jsonb_array_length(v_given) <= 20
          and not v_given @? 'strict $[*] ? (@.type() != "string")'
          and length(
            array_to_string(array(select given.name from jsonb_array_elements_text(v_given) as given (name)), ' ')
          ) <= 500
      end,
      'Given names are an array of at most 20 texts, 500 characters in all.'
    );
  end if;
  if new.gender is distinct from old.gender and new.gender is not null then
    perform app.check_words(
      'gender',
      convert_from(new.gender, 'UTF8') = any(enum_range(null::public.administrative_gender)::text[]),
      'Gender is a word of administrative_gender.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_patient() is
'Trigger _200_guard: names are not endless, given names are texts, and gender is one of the words of FHIR.';

create function app.guard_org_patient() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.medical_record_number is distinct from old.medical_record_number and new.medical_record_number is not null then
    perform app.check_words(
      'medical_record_number', length(convert_from(new.medical_record_number, 'UTF8')) between 1 and 100,
      'A medical record number has 1 to 100 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_org_patient() is 'Trigger _200_guard: a medical record number has 1 to 100 characters.';

revoke all on function app.check_words(text, boolean, text) from public;
revoke all on function app.guard_patient() from public;
revoke all on function app.guard_org_patient() from public;
