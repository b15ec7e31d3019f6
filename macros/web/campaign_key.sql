{#- What a tracker found out by itself from the referrer is no campaign. -#}
{% macro campaign_key() -%}
    case
        when
            coalesce(utm_source, utm_medium, utm_campaign, click_id) is not null
            and coalesce(lower(utm_medium) not in ('organic', 'referral'), true)
            then
                md5(concat_ws(
                    '|',
                    coalesce(utm_source, ''),
                    coalesce(utm_medium, ''),
                    coalesce(utm_campaign, ''),
                    coalesce(click_id, '')
                ))
    end
{%- endmacro %}
