-- What is sealed can be checked by no constraint, so it is checked on its way in.
create function app.guard_question() returns trigger
language plpgsql
set search_path = ''
as $$
begin
  if new.question_text is distinct from old.question_text and new.question_text is not null then
    perform app.check_words(
      'question_text', length(convert_from(new.question_text, 'UTF8')) between 1 and 2000,
      'A question has 1 to 2000 characters.'
    );
  end if;
  return new;
end
$$;

comment on function app.guard_question() is 'Trigger _200_guard: a question has 1 to 2000 characters.';

revoke all on function app.guard_question() from public;
