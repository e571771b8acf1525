-- What is sealed can be checked by no constraint, so it is checked on its way in.
create function app.guard_assessed() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.check_plain('answers', 'jsonb', new.answers);
  perform app.check_words(
    'note', new.note is null or length(convert_from(new.note, 'UTF8')) between 1 and 2000,
    'A note has 1 to 2000 characters.'
  );
  return new;
end
$$;

comment on function app.guard_assessed() is 'Trigger _200_guard of assessments: a note has 1 to 2000 characters.';

create function app.guard_handover_item() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  perform app.check_words(
    'note', new.note is null or length(convert_from(new.note, 'UTF8')) between 1 and 2000,
    'A note has 1 to 2000 characters.'
  );
  return new;
end
$$;

comment on function app.guard_handover_item() is
'Trigger _200_guard of handover_items: a note has 1 to 2000 characters.';

revoke all on function app.guard_assessed() from public;
revoke all on function app.guard_handover_item() from public;
