{% macro meets_action(customer, rule) -%}
    (
        coalesce({{ customer }}.is_known = {{ rule }}.is_known, {{ rule }}.is_known is null)
        and {{ customer }}.order_count >= coalesce({{ rule }}.least_order_count, 0)
        and {{ customer }}.order_count
        <= coalesce({{ rule }}.most_order_count, {{ customer }}.order_count)
        and coalesce(
            {{ customer }}.recency_class = {{ rule }}.recency_class, {{ rule }}.recency_class is null
        )
        and coalesce(
            {{ customer }}.nps_class = {{ rule }}.nps_class, {{ rule }}.nps_class is null
        )
        and {{ customer }}.recent_session_count
        >= coalesce({{ rule }}.least_recent_session_count, 0)
        and coalesce(
            {{ customer }}.has_interest = {{ rule }}.has_interest, {{ rule }}.has_interest is null
        )
        and case {{ rule }}.channel
            {% for channel in consent_channels() -%}
                when '{{ channel }}' then {{ customer }}.is_reachable_by_{{ channel }}
            {% endfor -%}
            else true
        end
    )
{%- endmacro %}
