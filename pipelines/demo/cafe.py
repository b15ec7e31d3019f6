"""The café in New York: who drops in, what they order, and what is given back.

Most guests are nobody to the till; some show a card and are a customer of Square's. What is given
back within the hour stands in the transaction that sold it, later in one of its own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from pipelines.demo.world import World

ZONE = "America/New_York"
TAX_PERCENT = 8


@dataclass(frozen=True)
class Dish:
    """One line of the menu; `size` is what Square calls the price point."""

    name: str
    category: str
    size: str
    cents: int
    sku: str = ""
    kind: str = "Physical Good"


MENU = (
    Dish("Flat White", "Coffee bar", "Regular", 450),
    Dish("Oat Latte", "Coffee bar", "Small", 525),
    Dish("Oat Latte", "Coffee bar", "Large", 600),
    Dish("Cold Brew", "Coffee bar", "Regular", 500),
    Dish("House Drip", "Coffee bar", "Regular", 325),
    Dish("Chai", "None", "Regular", 475),
    Dish("Cinnamon Roll", "Bakery", "Regular", 395),
    Dish("Almond Croissant", "Bakery", "Regular", 425),
    Dish("House Espresso", "Coffee", "250 g", 1089, "COF-001-250"),
    Dish("Custom Amount", "None", "", 200, "", "Custom Amount"),
)

TICKETS = f"""
create table cafe_tickets as
with guests as (
    select
        *,
        happens('cafe card', person_no, 0, 350) as has_card
    from people
    where shop = 'us' and happens('cafe', person_no, 0, 350)
),
numbered as (
    select *, unnest(range(1 + dice('cafe visits', person_no, 0, 9))) as nth from guests
),
timed as (
    select
        person_no * 1000 + nth as ticket_no,
        person_no,
        cast(getvariable('start') as timestamp)
        + to_days(dice('cafe day', person_no, nth, getvariable('days')))
        + to_seconds(25200 + dice('cafe second', person_no, nth, 28000)) as local_time,
        if(has_card, upper(left(hex('cafe customer', person_no, 0), 26)), null) as customer_id,
        if(
            has_card and happens('cafe name', person_no, 0, 300),
            concat(first_name, ' ', last_name), null
        ) as customer_name,
        has_card and happens('cafe discount', person_no, nth, 100) as is_discounted
    from numbered
)
select
    *,
    concat(left(hex('cafe transaction', ticket_no, 0), 27), 'ZY') as transaction_id,
    concat(left(hex('cafe payment', ticket_no, 0), 27), 'ZY') as payment_id,
    timezone('UTC', timezone('{ZONE}', local_time)) as ordered_at
from timed
where timezone('UTC', timezone('{ZONE}', local_time)) < getvariable('world_end');

create table cafe_lines as
with numbered as (
    select
        *,
        unnest(range(1, 1 + [1, 1, 1, 2, 2, 3][1 + dice('cafe lines', ticket_no, 0, 6)]))
            as line_no
    from cafe_tickets
),
priced as (
    select
        numbered.*,
        menu.* exclude (cents),
        [1, 1, 1, 1, 2][1 + dice('cafe quantity', ticket_no, line_no, 5)] as quantity,
        if(
            menu.category = 'Coffee bar' and happens('cafe extra', ticket_no, line_no, 300),
            'Extra shot, Oat Milk', ''
        ) as modifiers,
        menu.cents
        + if(
            menu.category = 'Coffee bar' and happens('cafe extra', ticket_no, line_no, 300), 75, 0
        ) as price_cents
    from numbered
    inner join menu
        on menu.dish_no = dice('cafe dish', ticket_no, line_no, (select count(*) from menu))
)
select
    *,
    quantity * price_cents as gross_cents,
    if(is_discounted, quantity * price_cents // 10, 0) as discount_cents,
    (quantity * price_cents - if(is_discounted, quantity * price_cents // 10, 0))
    * {TAX_PERCENT} // 100 as tax_cents
from priced;
"""

# The first line of a ticket, given back whole
REFUNDS = f"""
create table cafe_refunds as
with drawn as (
    select
        *,
        happens('cafe apart', ticket_no, 0, 500) as is_apart
    from cafe_lines
    where line_no = 1 and happens('cafe refund', ticket_no, 0, 40)
),
timed as (
    select
        * exclude (local_time, ordered_at),
        local_time + if(
            is_apart, to_seconds(86400 + dice('cafe back', ticket_no, 0, 7000)),
            to_seconds(300 + dice('cafe back', ticket_no, 0, 1500))
        ) as local_time
    from drawn
)
select
    * exclude (transaction_id),
    if(
        is_apart, concat(left(hex('cafe return', ticket_no, 0), 27), 'ZY'), transaction_id
    ) as transaction_id,
    timezone('UTC', timezone('{ZONE}', local_time)) as refunded_at
from timed
where timezone('UTC', timezone('{ZONE}', local_time)) < getvariable('world_end');
"""

# As the truth tells orders and lines of any shop
TRUTH = """
create view cafe_orders as
with sums as (
    select
        ticket_no,
        sum(gross_cents) as gross_cents,
        sum(discount_cents) as discount_cents,
        sum(tax_cents) as tax_cents
    from cafe_lines group by ticket_no
),
told as (
    select
        cafe_tickets.ticket_no * 2 as number,
        cafe_tickets.person_no,
        cafe_tickets.transaction_id,
        sums.gross_cents,
        sums.discount_cents,
        sums.tax_cents,
        coalesce(refunds.gross_cents - refunds.discount_cents, 0) as refunded_cents,
        false as is_credit_note,
        cafe_tickets.ordered_at,
        refunds.refunded_at
    from cafe_tickets
    inner join sums on sums.ticket_no = cafe_tickets.ticket_no
    left join cafe_refunds as refunds
        on refunds.ticket_no = cafe_tickets.ticket_no and not refunds.is_apart
    union all
    select
        ticket_no * 2 + 1, person_no, transaction_id, -gross_cents, -discount_cents, -tax_cents, 0,
        true, refunded_at, null
    from cafe_refunds where is_apart
)
select
    1000000000000 + number as order_no,
    concat('square:', transaction_id) as order_id,
    'square' as shop,
    transaction_id as shop_order_id,
    null as order_name,
    person_no,
    'cafe' as kind,
    null as email,
    null as phone,
    'USD' as currency,
    null as discount_code,
    money(gross_cents) as gross_amount,
    money(discount_cents) as discount_amount,
    money(gross_cents - discount_cents) as subtotal_amount,
    money(0) as shipping_amount,
    money(tax_cents) as tax_amount,
    money(gross_cents - discount_cents + tax_cents) as total_amount,
    money(refunded_cents) as refunded_amount,
    money(0) as gift_card_amount,
    money(gross_cents - discount_cents) as goods_with_tax_amount,
    money(gross_cents - discount_cents) as goods_amount,
    money(refunded_cents) as refunded_goods_with_tax_amount,
    true as has_goods,
    false as is_test,
    false as is_pending,
    false as is_cancelled,
    is_credit_note,
    ordered_at,
    refunded_at,
    null as cancelled_at,
    null as visit_id
from told;

create view cafe_order_lines as
with lines as (
    select ticket_no * 2 as number, line_no, 1 as sign, * exclude (ticket_no, line_no)
    from cafe_lines
    union all by name
    select ticket_no * 2 + 1 as number, 1 as line_no, -1 as sign, * exclude (ticket_no, line_no)
    from cafe_refunds where is_apart
)
select
    1000000000000 + number as order_no,
    concat('square:', transaction_id) as order_id,
    line_no as line_number,
    nullif(sku, '') as sku,
    if(size in ('', 'Regular'), name, concat(name, ' - ', size)) as product_name,
    nullif(category, 'None') as category,
    sign * quantity as quantity,
    money(price_cents) as unit_price_amount,
    money(sign * discount_cents) as line_discount_amount,
    null as unit_cost_amount
from lines;
"""


def make_cafe(world: World) -> None:
    """Tables cafe_tickets, cafe_lines and cafe_refunds; views of them as the truth tells orders."""
    world.table("menu", ({**asdict(dish), "dish_no": n} for n, dish in enumerate(MENU)))
    world.run(TICKETS, REFUNDS, TRUTH)
