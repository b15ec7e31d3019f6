{%- set currencies = [
    'aud', 'bgn', 'brl', 'cad', 'chf', 'cny', 'cyp', 'czk', 'dkk', 'eek', 'gbp', 'hkd', 'hrk',
    'huf', 'idr', 'ils', 'inr', 'isk', 'jpy', 'krw', 'ltl', 'lvl', 'mtl', 'mxn', 'myr', 'nok',
    'nzd', 'php', 'pln', 'rol', 'ron', 'rub', 'sek', 'sgd', 'sit', 'skk', 'thb', 'trl', 'try',
    'usd', 'zar'
] -%}
with

source as (

    {{ landed_rows(source('exchange_rates', 'days')) }}

),

ranked as (

    select
        *,
        {{ newest_row_rank(of=['day']) }} as version_rank
    from source

),

current_versions as (

    select * from ranked
    where version_rank = 1

),

renamed as (

    {% for currency in currencies %}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ currency | upper }}' as currency_code,
            {{ currency }} as units_per_eur,
            day as rate_date
        from current_versions
        where {{ currency }} is not null
    {% endfor %}

)

select * from renamed
