-- Which exact figures does the ranking of a year rest on, county by county?
-- Grain:  one row per county (22).
-- Unit:   TWD cumulative since 97年10月; counts of visits and persons of the full visit year; null where not known.
-- Params: $year, $base_year, $visit_year (text), $known_on (date).
-- Reads:  marts.county, marts.county_year_average, marts.county_visits.
with averages as (
    select
        period,
        county_code,
        receivable_twd,
        received_twd
    from marts.county_year_average
    where
        period in ($year, $base_year)
        and population = 'all'
        and known_from <= $known_on
        and known_until > $known_on
),

visits as (
    select
        county_code,
        target_visits,
        visited_persons,
        successful_persons,
        repaid_persons
    from marts.county_visits
    where
        period = $visit_year
        and known_from <= $known_on
        and known_until > $known_on
)

select
    c.county_code,
    y.receivable_twd,
    y.received_twd,
    b.receivable_twd as base_receivable_twd,
    b.received_twd as base_received_twd,
    v.target_visits,
    v.visited_persons,
    v.successful_persons,
    v.repaid_persons
from marts.county as c
left join averages as y on c.county_code = y.county_code and y.period = $year
left join averages as b on c.county_code = b.county_code and b.period = $base_year
left join visits as v on c.county_code = v.county_code
order by c.sort_order
