-- json_text finds the value at each path
{% set nothing = 'cast(null as ' ~ dbt.type_string() ~ ')' -%}
{% set document = '{"a": {"b": "x"}, "Run ID": 7, "items": [{"sku": "s"}], "none": null}' -%}
{% set examples = [
    ('$.a.b', 'x'), ('$."Run ID"', '7'), ('$.items[0].sku', 's'), ('$.none', none), ('$.z', none)
] -%}
with

found as (

    {% for path, expected in examples -%}
        {% if not loop.first %}union all{% endif %}
        select
            '{{ path }}' as path,
            {{ "'" ~ expected ~ "'" if expected else nothing }} as expected,
            {{ json_text("'" ~ document ~ "'", path) }} as actual
    {% endfor %}
)

select * from found
where actual is distinct from expected
