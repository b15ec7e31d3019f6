{#- A hyphen joins, so that Anne-Marie is one word in every system, however it splits names. -#}
{% macro normalize_name(column) -%}
    {%- set accents = {
        'a': 'áàâäãåāăą', 'c': 'çćč', 'd': 'ďđð', 'e': 'éèêëēėęě', 'g': 'ğ', 'i': 'íìîïīįı',
        'k': 'ķ', 'l': 'ļłľ', 'n': 'ñńňņ', 'o': 'óòôöõøōő', 'r': 'ŕř', 's': 'śšşș', 't': 'ťţț',
        'u': 'úùûüūůűų', 'y': 'ýÿ', 'z': 'źžż'
    } -%}
    {%- set plain = namespace(letters='') -%}
    {%- for letter, accented in accents.items() -%}
        {%- set plain.letters = plain.letters ~ letter * accented | length -%}
    {%- endfor -%}
    {%- set spelled = namespace(sql="lower(" ~ column ~ ")") -%}
    {%- for letters, spelling in {"ß": "ss", "æ": "ae", "œ": "oe", "''": ""}.items() -%}
        {%- set spelled.sql = "replace(" ~ spelled.sql ~ ", '" ~ letters ~ "', '" ~ spelling ~ "')" -%}
    {%- endfor -%}
    {%- set unaccented -%}
        translate({{ spelled.sql }}, '{{ accents.values() | join }}', '{{ plain.letters }}')
    {%- endset -%}
    {#- what is left of an accent that stood as a sign of its own goes with the punctuation -#}
    {%- set bare = replace_matches(unaccented, '[̀-ͯ.,;:()*_`´’"0-9-]') -%}
    nullif(trim({{ replace_matches(bare, '[  ]+', ' ') }}), '')
{%- endmacro %}
