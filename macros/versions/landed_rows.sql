{#- Staging reads raw rows by this macro alone. Only the newest delivery of a content counts; what keeps
    a history asks for every delivery of it. -#}
{% macro landed_rows(relation, columns=none, every_delivery=false) -%}
    select
        {%- if columns %}
        {{ columns | join(',\n        ') }},
        {%- else %}
        {{ all_columns_but('landed', ['_exported_at']) }},
        {%- endif %}
        coalesce(deliveries.exported_at, landed._exported_at) as _exported_at,
        coalesce(deliveries.first_exported_at, landed._exported_at) as _first_exported_at
    from {{ relation }} as landed
    left join {{ ref('stg_operations__deliveries') }} as deliveries
        on landed._file_id = deliveries.file_id
        {%- if not every_delivery %}
        and deliveries.is_newest
        {%- endif %}
    where coalesce(deliveries.counts, true)
{%- endmacro %}
