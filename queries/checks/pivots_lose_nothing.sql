-- For which kind do the wide marts hold another number of rows than the figures they come from?
-- Grain:  one row per offending kind.
-- Unit:   counts of rows.
-- Params: none.
-- Reads:  marts.figure, marts.county_period_payment, marts.county_year_average, marts.county_visits,
--         marts.county_unpaid_reasons, marts.county_month_collection.
with stated_rows as (
    select distinct
        kind,
        submission_id,
        period,
        as_of,
        population,
        county_code,
        known_from
    from marts.figure
),

stated as (
    select
        kind,
        count(*) as rows_stated
    from stated_rows
    group by kind
),

held as (
    select
        'payment_rate' as kind,
        count(*) as rows_held
    from marts.county_period_payment
    union all
    select
        'average_rate' as kind,
        count(*) as rows_held
    from marts.county_year_average
    union all
    select
        'visits' as kind,
        count(*) as rows_held
    from marts.county_visits
    union all
    select
        'unpaid_reasons' as kind,
        count(*) as rows_held
    from marts.county_unpaid_reasons
    union all
    select
        'collection' as kind,
        count(*) as rows_held
    from marts.county_month_collection
)

select
    held.kind,
    held.rows_held,
    coalesce(stated.rows_stated, 0) as rows_stated
from held
left join stated on held.kind = stated.kind
where held.rows_held != coalesce(stated.rows_stated, 0)
