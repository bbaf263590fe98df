-- How did visits go, by one of their rates, report by report and county by county?
-- Grain:  one row per first half year or full year reported from $since on, and county (22); never both kinds.
-- Unit:   numerator and denominator in persons (a target counts visits); persons is the denominator.
-- Params: $since (a year), $span (half, full), $rate (completion, success, repayment; all text), $known_on (date).
-- Reads:  marts.county, marts.county_visits.
with in_force as (
    select
        period,
        as_of,
        county_code,
        case $rate
            when 'completion' then visited_persons
            when 'success' then successful_persons
            when 'repayment' then repaid_persons
        end as numerator,
        case $rate
            when 'completion' then target_visits
            when 'success' then visited_persons
            when 'repayment' then successful_persons
        end as denominator
    from marts.county_visits
    where
        period >= $since
        and contains(period, '-H') = ($span = 'half')
        and known_from <= $known_on
        and known_until > $known_on
),

reported as (
    select
        period,
        max(as_of) as as_of
    from in_force
    group by period
)

select
    r.period,
    r.as_of,
    c.county_code,
    v.numerator,
    v.denominator,
    v.denominator as persons,
    1 as printed_unit
from reported as r
cross join marts.county as c
left join in_force as v on r.period = v.period and r.as_of = v.as_of and c.county_code = v.county_code
order by r.period, c.sort_order
