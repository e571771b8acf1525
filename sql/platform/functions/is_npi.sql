-- The check digit of a National Provider Identifier: Luhn over the issuer prefix 80840 and the ten digits
-- (45 CFR 162.406; the prefix makes an NPI a valid ISO/IEC 7812 card number). The prefix alone always adds 24.
create function app.is_npi(p_npi text) returns boolean
language sql immutable strict parallel safe
set search_path = ''
as $$
  select
    p_npi ~ '^[12][0-9]{9}$'
    and (
      select sum(case when position % 2 = 1 then doubled / 10 + doubled % 10 else digit end) + 24
      from (
        select position, digit, 2 * digit as doubled
        from (
          select position, substr(p_npi, position, 1)::integer as digit
          from generate_series(1, 10) as position
          where p_npi ~ '^[0-9]{10}$'
        ) as digits
      ) as doubles
    ) % 10 = 0
$$;

comment on function app.is_npi(text) is
'Whether ten digits are a National Provider Identifier with a right check digit, such as 1234567893.';

revoke all on function app.is_npi(text) from public;
grant execute on function app.is_npi(text) to authenticated, service_role;
