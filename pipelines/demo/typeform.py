"""Typeform: the download of a tasting club's form, and from the fourth night on its API."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv, write_json_lines
from pipelines.demo.world import World

FORM = "tasting_club"
FIRST_API_NIGHT = 3

# Who leaves half-way has answered the first question
COLUMNS = {
    "#": "token",
    "email": "hidden_email",
    "user_id": "hidden_user_id",
    "How likely are you to recommend Pine & Harbour,\nhonestly, to a friend or neighbour?":
        "if(is_answered, score, null)",
    "Espresso": "if(is_complete and happens('espresso', person_no, 0, 500), 'Espresso', null)",
    "Filter": "if(is_complete and happens('filter', person_no, 0, 500), 'Filter', null)",
    "Other": "if(is_complete and happens('other', person_no, 0, 100), 'Moka, \"strong\"', null)",
    "{{field:01HTASTE}}, what should we improve?": "if(is_complete, words, null)",
    "Your e-mail?": "if(is_complete, typed_email, null)",
    "Response Type": "response_type",
    "Start Date (UTC)": "strftime(started_at, '%Y-%m-%d %H:%M:%S')",
    "Stage Date (UTC)": "if(response_type = 'partial',"
    " strftime(ended_at, '%Y-%m-%d %H:%M:%S'), null)",
    "Submit Date (UTC)": "if(is_complete, strftime(ended_at, '%Y-%m-%d %H:%M:%S'), null)",
    "Network ID": "left(hex('network', person_no, 0), 10)",
    "Tags": "null",
    "Ending": "if(is_complete, 'Thank you', null)",
}  # fmt: skip
ANSWERS = "(select *, response_type = 'completed' as is_complete from form_answers)"
DOWNLOAD = f"""
    select {select_list(COLUMNS)} from {ANSWERS}
    where ended_at < getvariable('night') order by started_at desc, token
"""

# What was there at the previous export comes again for a week: a response may be completed late
PAGE = f"""
with listed as (
    select
        token as landing_id,
        token,
        token as response_id,
        response_type,
        iso_seconds(started_at) as landed_at,
        if(is_complete, iso_seconds(ended_at), '0001-01-01T00:00:00Z') as submitted_at,
        {{'network_id': left(hex('network', person_no, 0), 10), 'platform': 'other'}} as metadata,
        {{'email': hidden_email, 'user_id': hidden_user_id}} as hidden,
        {{'score': 0}} as calculated,
        list_filter([
            if(is_answered, {{
                'field': {{'id': 'NRsxU591jIW9', 'ref': 'nps', 'type': 'opinion_scale'}},
                'type': 'number', 'number': score, 'text': null, 'email': null
            }}, null),
            if(is_complete and words is not null, {{
                'field': {{'id': 'DlXFaesGBpoF', 'ref': '01HIMPROVE', 'type': 'long_text'}},
                'type': 'text', 'number': null, 'text': words, 'email': null
            }}, null),
            if(is_complete and typed_email is not null, {{
                'field': {{'id': 'SMEUb7VJz92Q', 'ref': '01HMAIL', 'type': 'email'}},
                'type': 'email', 'number': null, 'text': null, 'email': typed_email
            }}, null)
        ], lambda answer: answer is not null) as answers
    from {ANSWERS}
    where ended_at < getvariable('night')
      and ended_at >= getvariable('previous_night') - interval 7 day
)
select
    count(*) as total_items,
    1 as page_count,
    list(listed order by landed_at desc, token) as items
from listed having count(*) > 0
"""


def write_typeform(world: World, outbox: Outbox, night: date) -> None:
    """All responses of the form, or a page of the latest as the API gives it."""
    if world.settings.nights.index(night) < FIRST_API_NIGHT:
        path = outbox.path("typeform", FORM, night, "responses.csv")
        write_csv(world, DOWNLOAD, path)
        outbox.done(path)
    elif world.count(f"({PAGE})") > 0:
        path = outbox.path("typeform", FORM, night, "responses.json")
        write_json_lines(world, PAGE, path)
        outbox.done(path)
