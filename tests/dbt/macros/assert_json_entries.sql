-- json_entries gives a row for each key, whatever is written in it
with

-- a tilde stands for the backslash, which some engines read as an escape of their own
written (document_number, answers) as (

    values
    (1, '{"How, ~"really~"?": "9", "drinks": "[1]"}'),
    (2, '{}'),
    (3, null)

),

documents as (

    select
        document_number,
        replace(answers, '~', chr(92)) as answers
    from written

),

entries as (

    select
        document_number,
        {{ json_entries('answers') }} as entry
    from documents

),

actual as (

    select
        document_number,
        entry['key'] as actual_key,
        entry['value'] as actual_value
    from entries

),

expected (document_number, expected_key, expected_value) as (

    values
    (1, 'How, "really"?', '9'),
    (1, 'drinks', '[1]')

)

select
    actual.document_number,
    actual.actual_value,
    expected.expected_value

from actual

full outer join expected
    on actual.document_number = expected.document_number
    and actual.actual_key = expected.expected_key

where actual.actual_value is distinct from expected.expected_value
