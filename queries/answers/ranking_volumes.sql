-- How many persons did each county have in arrears, month by month, and to pay, period by period, in each year?
-- Grain:  one row per year (text) that any report in force serves and county (22); and 22 rows without figures whose
--         year is null, for a year that none serves.
-- Unit:   _sum are persons, added over the reports of the year; _months and _periods count the reports that state a
--         figure. A month or period shown by several reports counts once, as the newest of them states it.
-- Params: $known_on (date).
-- Reads:  marts.county, marts.county_month_collection, marts.county_period_payment.
with months as (
    select
        left(period, 4) as of_year,
        county_code,
        arg_max(arrears_persons, as_of) as persons
    from marts.county_month_collection
    where known_from <= $known_on and known_until > $known_on
    group by period, county_code
),

periods as (
    select
        left(period, 4) as of_year,
        county_code,
        arg_max(payable_persons, as_of) as persons
    from marts.county_period_payment
    where population = 'all' and known_from <= $known_on and known_until > $known_on
    group by period, county_code
),

arrears as (
    select
        of_year,
        county_code,
        sum(persons) as persons_sum,
        count(persons) as reports
    from months
    group by of_year, county_code
),

payable as (
    select
        of_year,
        county_code,
        sum(persons) as persons_sum,
        count(persons) as reports
    from periods
    group by of_year, county_code
),

years as (
    select of_year from arrears
    union distinct
    select of_year from payable
    union distinct
    select null as of_year
)

select
    y.of_year as period,
    c.county_code,
    cast(a.persons_sum as bigint) as arrears_persons_sum,
    a.reports as arrears_months,
    cast(p.persons_sum as bigint) as payable_persons_sum,
    p.reports as payable_periods
from years as y
cross join marts.county as c
left join arrears as a on c.county_code = a.county_code and y.of_year = a.of_year
left join payable as p on c.county_code = p.county_code and y.of_year = p.of_year
order by y.of_year, c.sort_order
