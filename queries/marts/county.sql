-- Which local governments are there?
-- Grain:  one row per county (22).
-- Unit:   none; sort_order is the order of official tables.
-- Params: none.
-- Reads:  reference.county.
select
    county_code,
    county,
    sort_order,
    evaluation_group,
    abc_group,
    province,
    region,
    is_offshore
from reference.county
