-- normalize_name maps each name to the one beside it
{% set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
{% set examples = [
    ('  José  ', 'jose'),
    ('Anne-Marie', 'annemarie'),
    ('Anna Maria', 'anna maria'),
    ('J. R.', 'j r'),
    ("O''Brien", 'obrien'),
    ('Jürgen Groß', 'jurgen gross'),
    ('Łucja', 'lucja'),
    ('İrem Işık', 'irem isik'),
    ('Ángel', 'angel'),
    ('Søren Æbelø', 'soren aebelo'),
    ('Ольга', 'ольга'),
    ('J***', 'j'),
    ('-', none),
    ('', none)
] -%}
with

examples as (

    {% for given, expected in examples -%}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ given }}' as given,
            {{ "'" ~ expected ~ "'" if expected else nothing }} as expected
    {% endfor %}
),

normalized as (

    select
        given,
        expected,
        {{ normalize_name('given') }} as actual
    from examples

)

select * from normalized
where actual is distinct from expected
