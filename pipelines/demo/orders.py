"""What is ordered: the orders of every kind, their lines, and what became of them.

Amounts are whole cents of the shop's currency. `refunded_at` and `cancelled_at` say when a fact
became known, so an export of an earlier night does not know it yet.
"""

from __future__ import annotations

from pipelines.demo.world import World

# Web orders come from visits; the till, the phone and TikTok have their own chances
BEGUN = """
create table begun_orders as
with elsewhere as (
    select
        person_no,
        unnest(range(5)) as nth,
        day_no,
        unnest(['pos', 'pos', 'pos', 'draft', 'tiktok']) as kind
    from (
        select people.person_no, days.day_no
        from people
        inner join days on days.day_no = dice('till', people.person_no, 0, getvariable('days'))
        where people.is_known
    )
),
others as (
    select
        person_no * 1000 + 900 + nth as order_no,
        person_no,
        kind,
        cast(getvariable('start') as timestamp) + to_seconds(
            86400 * ((day_no + 23 * nth) % getvariable('days')) + 32400
            + dice('till second', person_no, nth, 36000)
        ) as ordered_at
    from elsewhere
    where kind = 'pos' and happens('buys at till', person_no, 0, 110)
        and (nth = 0 or happens('again at till', person_no, nth, 400))
        or kind = 'draft' and happens('draft', person_no, 0, 60)
        or kind = 'tiktok' and happens('tiktok', person_no, 0, 30)
)
select order_no, person_no, kind, ordered_at, null as visit_id from others
where ordered_at < getvariable('world_end')
union all
select visit_id, person_no, 'web', occurred_at + to_seconds(300 + dice('pay', visit_id, 0, 900)),
    visit_id
from visit_outcomes where has_order;
"""

# Who takes an order by telephone writes what they hear: another address, two letters the wrong way
# round, a number without its last digit. The shop makes no customer of the caller
PLACED = """
create macro misheard(word, what, a, per_thousand) as if(
    length(word) > 4 and happens(what, a, 0, per_thousand),
    concat(word[:2], word[4], word[3], word[5:]), word
);

create table placed_orders as
with ranked as (
    select
        begun_orders.*,
        people.first_name,
        people.last_name,
        people.shop,
        people.country_no,
        people.home_no,
        row_number() over (partition by people.shop order by ordered_at, order_no) as shop_order_no,
        row_number() over (partition by begun_orders.person_no order by ordered_at, order_no)
            as person_order_no
    from begun_orders
    inner join people on people.person_no = begun_orders.person_no
)
select
    ranked.* exclude (first_name, last_name),
    if(
        ranked.kind = 'draft', misheard(ranked.first_name, 'first name', ranked.order_no, 400),
        ranked.first_name
    ) as buyer_first_name,
    if(
        ranked.kind = 'draft', misheard(ranked.last_name, 'last name', ranked.order_no, 250),
        ranked.last_name
    ) as buyer_last_name,
    shops.currency,
    shops.zone,
    5500000000000 + if(ranked.shop = 'us', 300000000000, 0) + ranked.shop_order_no * 32768
    + dice('id', ranked.order_no, 0, 32768) as shop_order_id,
    concat(if(ranked.shop = 'us', 'US-', '#'), 1000 + ranked.shop_order_no) as order_name,
    case
        when ranked.kind = 'pos' and not happens('gives e-mail', ranked.order_no, 0, 150) then null
        when ranked.kind = 'draft' then if(
            happens('work e-mail', ranked.order_no, 0, 600),
            concat('office', ranked.person_no, '@mail.example.net'), null
        )
        when ranked.kind = 'tiktok' then concat(
            left(hex('relay', ranked.person_no, 0), 20), '@scs3.tiktok.com'
        )
        when contacts.email_3 is not null and happens('third', ranked.order_no, 0, 200)
            then contacts.email_3
        when contacts.email_2 is not null and happens('second', ranked.order_no, 0, 350)
            then contacts.email_2
        else contacts.email_1
    end as email,
    case
        when ranked.kind = 'tiktok' then null
        when ranked.kind = 'pos' and not happens('gives phone', ranked.order_no, 0, 500) then null
        when ranked.kind = 'web' and not happens('gives phone', ranked.order_no, 0, 450) then null
        when ranked.kind = 'draft' and happens('lost digit', ranked.order_no, 0, 350)
            then left(contacts.phone_1, -1)
        when happens('other phone', ranked.order_no, 0, 300)
            then coalesce(contacts.phone_2, contacts.phone_1)
        else contacts.phone_1
    end as phone,
    ranked.kind = 'web' and happens('bogus', ranked.order_no, 0, 4) as is_test,
    happens('cancelled', ranked.order_no, 0, 22) as will_be_cancelled,
    ranked.kind = 'web' and happens('pending', ranked.order_no, 0, 20) as is_pending,
    case
        when ranked.kind <> 'web' then null
        when ranked.person_order_no = 1 and happens('welcome', ranked.order_no, 0, 400)
            then 'WELCOME10'
        when happens('code', ranked.order_no, 0, 90) then 'SPRING15'
        when happens('code', ranked.order_no, 0, 130) then 'FRIENDS5'
    end as discount_code,
    [1, 1, 1, 2, 2, 2, 3, 3, 4, 5][1 + dice('lines', ranked.order_no, 0, 10)] as line_count
from ranked
inner join shops on shops.name = ranked.shop
inner join contacts on contacts.person_no = ranked.person_no;
"""

LINES = """
create table order_lines as
with numbered as (
    select *, unnest(range(1, line_count + 1)) as line_no from placed_orders
),
wanted as (
    select
        numbered.*,
        if(
            happens('favourite', numbered.order_no, numbered.line_no, 550),
            categories.category, 'any'
        ) as scope,
        days.season_no
    from numbered
    inner join categories on categories.category_no = dice(
        'likes', numbered.person_no, 0, (select count(*) from categories)
    )
    inner join days on days.day = cast(numbered.ordered_at as date)
),
chosen as (
    select wanted.*, variant_slots.variant_no
    from wanted
    inner join (select distinct scope, season_no, slot_count from variant_slots) as counts
        on counts.scope = wanted.scope and counts.season_no = wanted.season_no
    inner join variant_slots
        on variant_slots.scope = wanted.scope
        and variant_slots.season_no = wanted.season_no
        and variant_slots.slot = dice(
            'variant', wanted.order_no, wanted.line_no, counts.slot_count
        )
),
priced as (
    select
        chosen.order_no,
        chosen.line_no,
        chosen.shop,
        chosen.variant_no,
        [1, 1, 1, 1, 1, 1, 1, 2, 2, 3][1 + dice('quantity', chosen.order_no, chosen.line_no, 10)]
            as quantity,
        variants.price_cents * shops.price_percent // 100 as price_cents,
        variants.category = 'Gift Cards' as is_gift_card,
        -- a voucher buys no gift card
        if(variants.category = 'Gift Cards', 0, case chosen.discount_code
            when 'WELCOME10' then 10 when 'SPRING15' then 15 when 'FRIENDS5' then 5 else 0
        end) as percent
    from chosen
    inner join variants on variants.variant_no = chosen.variant_no
    inner join shops on shops.name = chosen.shop
)
select
    *,
    quantity * price_cents as gross_cents,
    quantity * price_cents * percent // 100 as discount_cents
from priced;
"""

SETTLED = """
create table orders as
with sums as (
    select
        order_no,
        sum(gross_cents) as gross_cents,
        sum(discount_cents) as discount_cents,
        coalesce(sum(gross_cents) filter (is_gift_card), 0) as gift_card_cents,
        max(price_cents) filter (where line_no = 1) as first_price_cents,
        bool_or(is_gift_card and line_no = 1) as is_first_gift_card
    from order_lines group by order_no
),
charged as (
    select
        placed_orders.*,
        sums.gross_cents,
        sums.discount_cents,
        sums.first_price_cents,
        sums.is_first_gift_card,
        sums.gift_card_cents,
        sums.gross_cents - sums.discount_cents - sums.gift_card_cents as goods_cents,
        sums.gross_cents - sums.discount_cents as subtotal_cents,
        if(
            placed_orders.kind = 'pos' or sums.gross_cents - sums.discount_cents >= 5000, 0, 490
        ) as shipping_cents,
        shops.tax_name,
        shops.tax_percent,
        shops.is_tax_included
    from placed_orders
    inner join sums on sums.order_no = placed_orders.order_no
    inner join shops on shops.name = placed_orders.shop
),
taxed as (
    select
        *,
        if(
            is_tax_included,
            (goods_cents + shipping_cents) * tax_percent // (100 + tax_percent),
            goods_cents * tax_percent // 100
        ) as tax_cents,
        if(
            will_be_cancelled,
            ordered_at + to_seconds(3600 + dice('cancelled at', order_no, 0, 72000)), null
        ) as cancelled_at,
        case
            when is_test or is_pending then null
            when will_be_cancelled then 'full'
            when happens('refund', order_no, 0, 25) then 'full'
            when happens('refund', order_no, 0, 75) then 'line'
            when happens('refund', order_no, 0, 85) and shipping_cents > 0 then 'shipping'
        end as refund_kind
    from charged
),
totalled as (
    select
        *,
        subtotal_cents + shipping_cents + if(is_tax_included, 0, tax_cents) as total_cents,
        if(
            will_be_cancelled, cancelled_at,
            ordered_at + to_seconds(172800 + dice('refunded at', order_no, 0, 1400000))
        ) as refund_at
    from taxed
)
select
    * exclude (refund_at, refund_kind, will_be_cancelled, cancelled_at),
    if(cancelled_at < getvariable('world_end'), cancelled_at, null) as cancelled_at,
    if(refund_at < getvariable('world_end'), refund_kind, null) as refund_kind,
    if(refund_at < getvariable('world_end') and refund_kind is not null, refund_at, null)
        as refunded_at,
    case when refund_at < getvariable('world_end') then case refund_kind
        when 'full' then total_cents
        when 'line' then least(subtotal_cents, first_price_cents)
        when 'shipping' then shipping_cents
    end end as refunded_cents,
    case when refund_at < getvariable('world_end') then case refund_kind
        when 'full' then goods_cents
        when 'line' then if(is_first_gift_card, 0, least(goods_cents, first_price_cents))
        else 0
    end else 0 end as refunded_goods_cents,
    case
        when not is_tax_included then goods_cents
        when shipping_cents = 0 then goods_cents - tax_cents
        else goods_cents - least(
            tax_cents,
            cast(round(goods_cents * tax_percent / (100.0 + tax_percent)) as bigint)
        )
    end as untaxed_goods_cents
from totalled;
"""


def make_orders(world: World) -> None:
    """Tables orders and order_lines in cents, as the world ends."""
    world.run(BEGUN, PLACED, LINES, SETTLED)
