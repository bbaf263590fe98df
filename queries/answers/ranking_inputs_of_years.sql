-- Which exact figures do the rankings of several years rest on, county by county?
-- Grain:  one row per year asked (text, oldest first) and county (22).
-- Unit:   TWD cumulative since 97年10月, base_ is the year before; counts of visits and persons of the full year so many
--         years from the evaluation year as $visit_year_offset says; null where not known.
-- Params: $years (list of text), $visit_year_offset (integer), $known_on (date).
-- Reads:  marts.county, marts.county_year_average, marts.county_visits.
with asked as (
    select unnest($years) as evaluation_year
),

evaluations as (
    select
        evaluation_year,
        cast(cast(evaluation_year as integer) - 1 as varchar) as base_year,
        cast(cast(evaluation_year as integer) + $visit_year_offset as varchar) as visit_year
    from asked
),

averages as (
    select
        period,
        county_code,
        receivable_twd,
        received_twd
    from marts.county_year_average
    where population = 'all' and known_from <= $known_on and known_until > $known_on
),

visits as (
    select
        period,
        county_code,
        target_visits,
        visited_persons,
        successful_persons,
        repaid_persons
    from marts.county_visits
    where known_from <= $known_on and known_until > $known_on
)

select
    e.evaluation_year,
    c.county_code,
    y.receivable_twd,
    y.received_twd,
    b.receivable_twd as base_receivable_twd,
    b.received_twd as base_received_twd,
    v.target_visits,
    v.visited_persons,
    v.successful_persons,
    v.repaid_persons
from evaluations as e
cross join marts.county as c
left join averages as y on c.county_code = y.county_code and e.evaluation_year = y.period
left join averages as b on c.county_code = b.county_code and e.base_year = b.period
left join visits as v on c.county_code = v.county_code and e.visit_year = v.period
order by e.evaluation_year, c.sort_order
