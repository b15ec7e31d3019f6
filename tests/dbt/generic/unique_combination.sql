{% test unique_combination(model, columns, last_values=none) %}
    {{ repeated_rows(model, columns, last_values) }}
{% endtest %}
