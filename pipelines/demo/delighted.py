"""Delighted: the answers to the question after an order, and everybody who was asked."""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, write_json_array
from pipelines.demo.world import World

# The last day before the previous export comes again: responses are told apart by their id
RESPONSES = """
select
    cast(500000 + order_answers.order_no as varchar) as id,
    {person} as person,
    'nps' as survey_type,
    order_answers.score,
    order_answers.words as comment,
    concat('https://app.delighted.com/r/', hex('permalink', order_answers.order_no, 0))
        as permalink,
    epoch_ms(order_answers.answered_at) // 1000 as created_at,
    if(
        order_answers.words is not null, epoch_ms(order_answers.answered_at) // 1000 + 45, null
    ) as updated_at,
    {{'Purchase Experience': 'Online', 'Delighted Source': 'Email'}} as person_properties,
    [] as notes,
    if(order_answers.was_let_down, ['refund'], []) as tags,
    [] as additional_answers
from order_answers
inner join asked_people on asked_people.email = order_answers.email
inner join people on people.person_no = order_answers.person_no
where order_answers.answered_at >= getvariable('previous_night') - interval 1 day
  and order_answers.answered_at < getvariable('night')
order by order_answers.answered_at, order_answers.order_no
"""
PERSON_ID = "cast(asked_people.asked_no as varchar)"
PERSON = f"""{{
    'id': {PERSON_ID},
    'name': concat(people.first_name, ' ', people.last_name),
    'email': asked_people.email,
    'created_at': epoch_ms(asked_people.first_asked_at) // 1000
}}"""

PEOPLE = f"""
with answered as (
    select email, max(answered_at) as answered_at from order_answers
    where answered_at < getvariable('night')
    group by email
),
asked as (
    select email, max(asked_at) as asked_at from asked_orders
    where asked_at < getvariable('night')
    group by email
)
select
    {PERSON_ID} as id,
    asked_people.email,
    concat(people.first_name, ' ', people.last_name) as name,
    epoch_ms(asked_people.first_asked_at) // 1000 as created_at,
    cast(null as varchar) as phone_number,
    epoch_ms(asked.asked_at) // 1000 as last_sent_at,
    epoch_ms(answered.answered_at) // 1000 as last_responded_at,
    cast(null as bigint) as next_survey_scheduled_at
from asked_people
inner join people on people.person_no = asked_people.person_no
inner join asked on asked.email = asked_people.email
left join answered on answered.email = asked_people.email
order by asked_people.asked_no
"""


def write_delighted(world: World, outbox: Outbox, night: date) -> None:
    """Responses since the last export, once with their people inside; the people as they stand."""
    is_expanded = world.settings.nights.index(night) == 1
    for name, sql in (
        ("survey_responses.json", RESPONSES.format(person=PERSON if is_expanded else PERSON_ID)),
        ("people.json", PEOPLE),
    ):
        if world.count(f"({sql})") > 0:
            path = outbox.path("delighted", "", night, name)
            write_json_array(world, sql, path)
            outbox.done(path)
