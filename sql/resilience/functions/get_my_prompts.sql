create function public.get_my_prompts(p_limit integer default 20, p_before uuid default null) returns table (
  id uuid,
  kind public.provider_prompt_kind,
  prompted_on date,
  question_count integer,
  message text
)
language plpgsql stable
set search_path = ''
as $$
begin
  perform app.require_feature('resilience_hub');
  perform app.check_input('p_limit', p_limit between 1 and 500, 'The limit is a number from 1 to 500.');

  return query
  select
    prompts.id,
    prompts.kind,
    prompts.prompted_on,
    prompts.question_count,
    case prompts.kind
      when 'question_volume' then
        format(
          'You answered %s questions %s. How are you feeling?', prompts.question_count,
          case when prompts.counted_on < prompts.prompted_on then 'yesterday' else 'today' end
        )
      when 'after_shift' then 'How was your shift? A check-in takes a minute; if you have done it, thank you.'
      when 'reassessment' then 'It is time to look again at how you are. The assessment takes a few minutes.'
    end
  from public.provider_prompts as prompts
  where
    prompts.org_id = (select app.current_org()) and prompts.user_id = (select auth.uid())
    and (p_before is null or prompts.id < p_before)
  order by prompts.id desc
  limit p_limit;
end
$$;

comment on function public.get_my_prompts(integer, uuid) is
'What the caller was asked by the hub in the active organization, newest first.
p_limit: at most so many, 1 to 500. p_before: only those older than this id, for the next page.
kind: question_volume after five days in a row with more than 20 questions each, with how many on that day
(question_count); after_shift; reassessment. message: the sentence in English.
Never null: id, kind, prompted_on, message.
Errors: not_authenticated, permission_denied, feature_disabled, invalid_input.';

revoke all on function public.get_my_prompts(integer, uuid) from public, anon, authenticated, service_role;
grant execute on function public.get_my_prompts(integer, uuid) to authenticated;
