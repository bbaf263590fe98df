-- Which exact figures does the ranking of each year rest on, county by county?
-- Grain:  one row per evaluation year (text) that any report in force serves and county (22); and 22 rows without
--         figures whose year is null, for a year that none serves.
-- Unit:   TWD cumulative since 97年10月, base_ is the year before; counts of visits and persons of the full year so many
--         years from the evaluation year as $visit_year_offset says; null where not known.
-- Params: $visit_year_offset (integer), $known_on (date).
-- Reads:  marts.county, marts.county_year_average, marts.county_visits.
with averages as (
    select
        cast(period as integer) as of_year,
        county_code,
        receivable_twd,
        received_twd
    from marts.county_year_average
    where population = 'all' and known_from <= $known_on and known_until > $known_on
),

visits as (
    select
        cast(left(period, 4) as integer) - $visit_year_offset as for_year,
        county_code,
        target_visits,
        visited_persons,
        successful_persons,
        repaid_persons
    from marts.county_visits
    where not contains(period, '-H') and known_from <= $known_on and known_until > $known_on
),

evaluations as (
    select of_year as evaluation_year from averages
    union distinct
    select of_year + 1 as evaluation_year from averages
    union distinct
    select for_year as evaluation_year from visits
    union distinct
    select null as evaluation_year
)

select
    cast(e.evaluation_year as varchar) as period,
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
left join averages as y on c.county_code = y.county_code and e.evaluation_year = y.of_year
left join averages as b on c.county_code = b.county_code and e.evaluation_year - 1 = b.of_year
left join visits as v on c.county_code = v.county_code and e.evaluation_year = v.for_year
order by e.evaluation_year, c.sort_order
