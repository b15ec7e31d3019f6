"""The catalogue as tables: variants with ids and prices, and what is wanted in which season."""

from __future__ import annotations

from pipelines.demo.world import World

VARIANTS = """
create table variants as
with split as (
    select *, unnest(string_split(variants, '|')) as variant,
        unnest(range(1, len(string_split(variants, '|')) + 1)) as option_no
    from products
),
named as (
    select
        * exclude (variants, variant),
        split_part(variant, ':', 1) as variant_name,
        cast(split_part(variant, ':', 2) as integer) as factor
    from split
)
select
    row_number() over (order by product_no, option_no) as variant_no,
    * exclude (price_cents, cost_cents, factor),
    plain(title) as handle,
    8100000000000 + product_no * 32768 as product_id,
    44100000000000 + (product_no * 16 + option_no) * 32768 as shop_variant_id,
    -- the workshop has no stock-keeping number, as many services have none
    if(category = 'Workshops', null, upper(concat(
        left(replace(plain(category), '-', ''), 3), '-', lpad(cast(product_no as varchar), 3, '0'),
        '-', left(replace(plain(variant_name), '-', ''), 3)
    ))) as sku,
    price_cents * factor // 100 as price_cents,
    if(category = 'Workshops', null, cost_cents * factor // 100) as cost_cents,
    if(variant_name = 'Standard', title, concat(title, ' - ', variant_name)) as line_name
from named;
"""

# A buyer draws from the whole shop or from the category they like best
WANTS = """
create table variant_slots as
with scopes as (
    select *, 'any' as scope from variants
    union all
    select *, category as scope from variants
),
expanded as (
    select scope, unnest([1, 2, 3, 4]) as season_no, unnest(seasons) as demand,
        variant_no, weight, count(*) over (partition by product_no, scope) as option_count
    from scopes
),
points as (
    select scope, season_no, variant_no,
        unnest(range(cast(ceil(weight * demand / option_count / 4) as bigint))) as point
    from expanded
)
select
    scope, season_no, variant_no,
    row_number() over (partition by scope, season_no order by variant_no, point) - 1 as slot,
    count(*) over (partition by scope, season_no) as slot_count
from points;

create table categories as
select row_number() over (order by category) - 1 as category_no, category
from (select distinct category from products where weight > 5);
"""


def make_catalogue(world: World) -> None:
    """Tables variants, variant_slots and categories."""
    world.run(VARIANTS, WANTS)
