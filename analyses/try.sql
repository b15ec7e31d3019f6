select 1 as one from {{ ref('orders') }}
