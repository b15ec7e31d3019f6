-- in a folder with several ad accounts a report without an account id could be any of them, and its
-- spend might be counted twice: give each account a folder, or add the id to the report
{{ config(severity='warn') }}

select
    platform,
    account_folder
from {{ ref('int_ad_reports_unioned') }}
group by platform, account_folder
having
    count(distinct named_account_id) > 1
    and count(*) > count(named_account_id)
