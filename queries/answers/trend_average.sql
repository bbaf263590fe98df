-- How much of what was billed since 97年10月 was received, year by year and county by county?
-- Grain:  one row per year reported from $since on, and county (22).
-- Unit:   numerator and denominator in TWD; persons are those who owed the last billing period of the year.
-- Params: $since (text, a year), $known_on (date), $population (text).
-- Reads:  marts.county, marts.county_year_average, marts.county_period_payment.
with in_force as (
    select
        period,
        as_of,
        county_code,
        received_twd,
        receivable_twd,
        printed_unit_twd
    from marts.county_year_average
    where
        period >= $since
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
),

reported as (
    select
        period,
        max(as_of) as as_of,
        concat(period, '-05/', period, '-06') as last_period
    from in_force
    group by period
),

owing as (
    select
        period,
        county_code,
        arg_max(payable_persons, as_of) as persons
    from marts.county_period_payment
    where
        period in (select r.last_period from reported as r)
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
    group by period, county_code
)

select
    r.period,
    r.as_of,
    c.county_code,
    y.received_twd as numerator,
    y.receivable_twd as denominator,
    o.persons,
    y.printed_unit_twd as printed_unit
from reported as r
cross join marts.county as c
left join in_force as y on r.period = y.period and r.as_of = y.as_of and c.county_code = y.county_code
left join owing as o on r.last_period = o.period and c.county_code = o.county_code
order by r.period, c.sort_order
