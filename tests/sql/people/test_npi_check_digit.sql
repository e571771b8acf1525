-- An NPI is ten digits whose last one is a Luhn check digit over 80840 and the first nine (45 CFR 162.406).
begin;
select plan(5);

select ok(app.is_npi('1234567893'), 'the example of the standard');
select is_empty(
  $$ select digit from generate_series(0, 9) as digit
     where app.is_npi('123456789' || digit) and digit <> 3 $$,
  'no other check digit fits'
);
select is_empty(
  $$ select bad from unnest(array['', '123456789', '12345678933', '3234567893', '123456789X', ' 1234567893']) as bad
     where app.is_npi(bad) $$,
  'wrong length, first digit or characters'
);
select is_empty(
  -- Swapping two neighbours is what a tired hand does; Luhn misses only 09 and 90.
  $$ select position from generate_series(1, 9) as position
     where app.is_npi(overlay(
       '1234567893' placing reverse(substr('1234567893', position, 2)) from position for 2
     )) and substr('1234567893', position, 1) <> substr('1234567893', position + 1, 1) $$,
  'two neighbours swapped are noticed'
);
select throws_ok(
  $$ insert into public.fhir_practitioners (npi) values ('1234567890') $$, '23514', null, 'the domain refuses the rest'
);

select * from finish();
rollback;
