-- a seed's text stays what it is in Spark's quotes, and a contract's type becomes Spark's word
{%- set examples = [
    (spark_literal(none), "null"),
    (spark_literal("Côte d'Ivoire"), "'Côte d\\'Ivoire'"),
    (spark_literal('a\\b'), "'a\\\\b'"),
    (spark_literal(7), "'7'"),
    (spark__cast('null', 'varchar'), 'cast(null as string)'),
    (spark__cast('null', 'varchar[]'), 'cast(null as array<string>)'),
    (spark__cast('null', 'map(varchar, date)'), 'cast(null as map<string, date>)'),
    (spark__cast('null', 'decimal(18, 2)'), 'cast(null as decimal(18, 2))'),
] %}
with

wrong as (

    {% for actual, expected in examples -%}
        select {{ loop.index }} as example
        where {{ 'false' if actual == expected else 'true' }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from wrong
