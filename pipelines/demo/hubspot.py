"""HubSpot: the contacts view as the export button writes it, and one week's from the API.

Some people are in it twice until somebody merges the two: then the survivor keeps the other's id
and address, and some addresses keep the moment of the merge. Who asked to be forgotten leaves a
contact with a placeholder for an address.
"""

from __future__ import annotations

from datetime import date

from pipelines.demo.files import Outbox, select_list, write_csv, write_json_lines
from pipelines.demo.world import World

CONTACTS = """
create table crm_contacts as
with copies as (
    select *, unnest([1, 2]) as copy_no
    from people
    where is_known and happens('crm', person_no, 0, 250)
),
drawn as (
    select
        copies.*,
        20000000000 + copies.person_no * 4 + copies.copy_no as contact_id,
        contacts.email_1,
        contacts.email_2,
        contacts.phone_1,
        greatest(
            cast(getvariable('start') as timestamp), least(
                cast(getvariable('start') as timestamp)
                + to_days(copies.first_day_no - dice('crm since', copies.person_no, 0, 90))
                + to_seconds(30000 + dice('crm joined', copies.person_no, copies.copy_no, 20000)),
                getvariable('world_end') - interval 2 day
            )
        ) as created_at,
        if(
            contacts.email_2 is not null, getvariable('world_end') - to_seconds(
                dice('crm merged', copies.person_no, 0, 40 * 86400)
            ), null
        ) as merging_at,
        getvariable('world_end') - to_seconds(
            dice('crm touched', copies.person_no, 0, 80 * 86400)
        ) as touching_at,
        happens('crm forgotten', copies.person_no, 0, 60) as will_be_forgotten
    from copies
    inner join contacts on contacts.person_no = copies.person_no
    where copies.copy_no = 1
       or contacts.email_2 is not null and happens('crm twice', copies.person_no, 0, 500)
)
select
    *,
    count(*) over (partition by person_no) > 1 and merging_at > created_at as will_be_merged
from drawn;

create view crm_tonight as
with seen as (
    select
        *,
        will_be_merged and merging_at <= getvariable('night') as is_merged,
        will_be_forgotten and getvariable('night') = getvariable('world_end') as is_forgotten,
        touching_at <= getvariable('night') and touching_at > created_at as is_touched,
        1 + dice('crm stage', person_no, 0, 3) as first_stage_no
    from crm_contacts
    where created_at <= getvariable('night')
)
select
    *,
    case
        when is_forgotten then concat(
            'forgotten-', left(hex('forgotten', person_no, 0), 12), '@gdpr-forgotten.hubspot.com'
        )
        when copy_no = 2 then email_1
        when is_merged and happens('crm suffix', person_no, 0, 200)
            then concat(email_2, '-', epoch_ms(merging_at))
        else coalesce(email_2, email_1)
    end as email,
    if(is_merged, email_1, null) as additional_emails,
    if(is_merged, cast(contact_id + 1 as varchar), null) as merged_ids,
    happens('crm no mail', person_no, 0, 80) as is_unsubscribed,
    ['subscriber', 'lead', 'marketingqualifiedlead', 'customer'][
        first_stage_no + if(is_touched, 1, 0)
    ] as stage,
    case
        when first_stage_no = 3 then created_at
        when first_stage_no = 2 and is_touched then touching_at
    end as qualified_at,
    greatest(
        created_at, if(is_merged, merging_at, null), if(is_touched, touching_at, null)
    ) as updated_at
from seen
where not (copy_no = 2 and is_merged);
"""

LABEL = """case stage
    when 'subscriber' then 'Subscriber'
    when 'lead' then 'Lead'
    when 'marketingqualifiedlead' then 'Marketing Qualified Lead'
    when 'customer' then 'Customer'
end"""
OWNER = "pick('crm owner', person_no, 0, ['Kim Holt', 'Noor Lind', 'Sam Reyes'])"


def _unless_forgotten(sql: str) -> str:
    return f"if(is_forgotten, null, {sql})"


COLUMNS = {
    "Record ID": "contact_id",
    "First Name": _unless_forgotten("first_name"),
    "Last Name": _unless_forgotten("last_name"),
    "Email": "email",
    "Additional email addresses": _unless_forgotten("additional_emails"),
    "Merged contact IDs": "merged_ids",
    "Phone Number": _unless_forgotten("if(happens('crm phone', person_no, 0, 500), phone_1, null)"),
    "City": _unless_forgotten("city"),
    "State/Region": _unless_forgotten("region"),
    "Country/Region": _unless_forgotten("country"),
    "Contact owner": OWNER,
    "Lead Status": "if(is_touched, 'In Progress', 'New')",
    "Lifecycle Stage": LABEL,
    "Became a Marketing Qualified Lead Date": "strftime(qualified_at, '%Y-%m-%d %H:%M')",
    "Marketing contact status": "'Marketing contact'",
    "Create Date": "strftime(created_at, '%Y-%m-%d %H:%M')",
    "Last Modified Date": "strftime(updated_at, '%Y-%m-%d %H:%M')",
    "Associated Company": "if(happens('crm company', person_no, 0, 300), 'Tide & Sons', null)",
    "Associated Company IDs": "if(happens('crm company', person_no, 0, 300),"
    " '31000000001;31000000002', null)",
    "Unsubscribed from all email": "if(is_unsubscribed, 'Yes', 'No')",
}
EXPORT = f"select {select_list(COLUMNS)} from crm_tonight order by contact_id"

PROPERTIES = {
    "createdate": "iso(created_at)",
    "lastmodifieddate": "iso(updated_at)",
    "hs_object_id": "cast(contact_id as varchar)",
    "email": "email",
    "firstname": _unless_forgotten("first_name"),
    "lastname": _unless_forgotten("last_name"),
    "phone": COLUMNS["Phone Number"],
    "hs_additional_emails": COLUMNS["Additional email addresses"],
    "hs_merged_object_ids": "merged_ids",
    "city": COLUMNS["City"],
    "country": COLUMNS["Country/Region"],
    "lifecyclestage": "stage",
    "hs_lifecyclestage_marketingqualifiedlead_date": "iso(qualified_at)",
    "hs_lead_status": "if(is_touched, 'IN_PROGRESS', 'NEW')",
    "hubspot_owner_id": "cast(77000000 + len(" + OWNER + ") as varchar)",
    "company": COLUMNS["Associated Company"],
    "hs_email_optout": "if(is_unsubscribed, 'true', null)",
}
PAGES = f"""
    select list({{
        'id': cast(contact_id as varchar),
        'properties': {{{", ".join(f"'{name}': {sql}" for name, sql in PROPERTIES.items())}}},
        'createdAt': iso(created_at),
        'updatedAt': iso(updated_at),
        'archived': false
    }} order by contact_id) as results
    from (select *, row_number() over (order by contact_id) as number from crm_tonight
        where updated_at > getvariable('previous_night'))
    group by number // 100
    order by number // 100
"""


def make_crm(world: World) -> None:
    """Table crm_contacts, and as view crm_tonight what HubSpot knows on a night."""
    world.run(CONTACTS)


def write_hubspot(world: World, outbox: Outbox, night: date) -> None:
    """All contacts; before the last night the changed ones came from the API too."""
    name = f"hubspot-crm-exports-all-contacts-{night}.csv"
    path = outbox.path("hubspot", "", night, name)
    write_csv(world, EXPORT, path)
    outbox.done(path)
    if night in world.settings.nights[-2:-1]:
        path = outbox.path("hubspot", "", night, "contacts.jsonl")
        write_json_lines(world, PAGES, path)
        outbox.done(path)
