-- What is taken for an e-mail address, and what is not.
begin;
select plan(3);

select is_empty(
  $$ select value from unnest(array[
    'nadia@example.com', 'n.adia+shift@mail.example.org', 'ñadia@exämple.example', 'n@t.example', 'o''neil@example.com'
  ]) as value where not app.is_email(value) $$,
  'addresses'
);
select is_empty(
  $$ select value from unnest(array[
    '', 'nadia', 'nadia@example', '@example.com', 'nadia@', 'na dia@example.com', 'nadia@example.com ',
    'a@b@example.com', 'Nadia <nadia@example.com>', E'nadia@example.com\nbcc:x@example.com', 'nadia@example.',
    repeat('n', 65) || '@example.com', 'nadia@' || repeat('e', 250) || '.com'
  ]) as value where app.is_email(value) $$,
  'and what only looks like one'
);
select is(app.is_email(null), null, 'nothing is nothing');

select * from finish();
rollback;
