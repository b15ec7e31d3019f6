-- a day of spending whose currency has no rate would silently count as nothing
select
    currency_code,
    ad_date,
    sum(original_spend) as original_spend
from {{ ref('ad_days') }}
where spend is null
group by currency_code, ad_date
