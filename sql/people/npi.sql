create domain public.npi as text
constraint npi_check_digit check (app.is_npi(value));

comment on domain public.npi is
'National Provider Identifier: ten digits, the last one a Luhn check digit over 80840 and the first nine.';
