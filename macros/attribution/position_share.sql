{% macro position_share(model) -%}
    case when described.is_first then parameters.{{ model }}_first_share else 0 end
    + case when described.is_last then parameters.{{ model }}_last_share else 0 end
    + case when described.is_lead then parameters.{{ model }}_lead_share else 0 end
    + case
        when described.is_first or described.is_last then 0
        when described.is_lead and parameters.{{ model }}_lead_share > 0 then 0
        else
            parameters.{{ model }}_middle_share / (
                described.between_count
                - case
                    when described.has_lead_between and parameters.{{ model }}_lead_share > 0
                        then 1
                    else 0
                end
            )
    end
{%- endmacro %}
