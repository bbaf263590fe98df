-- Which share of what was payable had been paid, county by county, for one billing period as of one snapshot?
-- Grain:  one row per county (22), also where nothing was billed.
-- Unit:   numerator and denominator in persons or TWD by $basis; rate_pct is 0-100, null where nothing was payable.
-- Params: $period (text), $as_of, $known_on (dates), $population, $basis (text: persons, amounts).
-- Reads:  marts.county, marts.county_period_payment.
with in_force as (
    select
        county_code,
        case when $basis = 'persons' then paid_persons else received_twd end as numerator,
        case when $basis = 'persons' then payable_persons else receivable_twd end as denominator,
        case when $basis = 'persons' then 1 else printed_unit_twd end as printed_unit
    from marts.county_period_payment
    where
        period = $period
        and as_of = $as_of
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
)

select
    c.county_code,
    c.county,
    c.evaluation_group,
    p.numerator,
    p.denominator,
    100 * p.numerator / nullif(p.denominator, 0) as rate_pct,
    p.printed_unit
from marts.county as c
left join in_force as p on c.county_code = p.county_code
order by c.sort_order
