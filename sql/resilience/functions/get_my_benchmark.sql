-- Where one's own score stands, beside figures that were frozen with the month. A quarter, and no rank: three numbers
-- of twenty people or more, the same for everybody, tell of nobody more than the median does, which leads know.
--
-- SECURITY DEFINER because nobody may read the table of figures itself; bound to the caller, whose own score it is.
create function app.my_benchmark() returns table (
  assessment_date date,
  score numeric,
  month date,
  assessed_count integer,
  median_burnout smallint,
  lower_quartile smallint,
  upper_quartile smallint
)
language plpgsql stable
security definer
set search_path = ''
as $$
begin
  perform app.require_provider();
  return query
  select
    latest.assessment_date, latest.composite, months.month, months.assessed_count, months.median_burnout,
    months.lower_quartile, months.upper_quartile
  from app.latest_burnout(app.current_org(), app.my_id()) as latest
  left join lateral (
    select closed.month, closed.assessed_count, closed.median_burnout, closed.lower_quartile, closed.upper_quartile
    from public.provider_wellbeing_months as closed
    where closed.org_id = app.current_org() and closed.team_id is null and closed.lower_quartile is not null
    order by closed.month desc
    limit 1
  ) as months on true;
end
$$;

comment on function app.my_benchmark() is 'What public.get_my_benchmark answers; authorizes for itself.';

create function public.get_my_benchmark() returns table (
  assessment_date date,
  score numeric,
  month date,
  assessed_count integer,
  median_burnout smallint,
  lower_quartile smallint,
  upper_quartile smallint,
  quarter public.score_quarter
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  return query
  select
    own.*,
    (case
      when own.month is null then null
      when own.score <= own.lower_quartile then 'lowest'
      when own.score <= own.median_burnout then 'second'
      when own.score <= own.upper_quartile then 'third'
      else 'highest'
    end)::public.score_quarter
  from app.my_benchmark() as own;
end
$$;

comment on function public.get_my_benchmark() is
'The caller''s latest burnout score beside those of the organization''s providers, of the newest closed month in which
twenty or more were assessed. No row without an assessment of one''s own. For practitioners.
assessment_date, score: one''s own, 0 to 100. month, assessed_count: of the figures; null, with all that follows, where
no month has twenty. median_burnout: half were at or below it; lower_quartile, upper_quartile: a quarter was at or below
the one, a quarter above the other. quarter: where one''s own score is; a score at a bound counts to the lower quarter,
and lowest is best.
Never null: assessment_date, score.
Errors: feature_disabled, permission_denied, not_authenticated.';

revoke all on function app.my_benchmark() from public;
grant execute on function app.my_benchmark() to authenticated;
revoke all on function public.get_my_benchmark() from public, anon, authenticated, service_role;
grant execute on function public.get_my_benchmark() to authenticated;
