{% test unique_combination(model, columns) %}
    {{ repeated_rows(model, columns) }}
{% endtest %}
