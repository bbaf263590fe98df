-- Which share of what was payable had been paid, county by county, for each billing period that one snapshot shows?
-- Grain:  one row per billing period shown and county (22), also where nothing was billed; and 22 rows without figures
--         whose period is null, for a period that the snapshot does not show.
-- Unit:   numerator and denominator in persons or TWD by $basis; rate_pct is 0-100, null where nothing was payable;
--         payable_persons are persons whatever the basis; newest_period is the newest the snapshot shows.
-- Params: $as_of, $known_on (dates), $population, $basis (text: persons, amounts).
-- Reads:  marts.county, marts.county_period_payment.
with in_force as (
    select
        period,
        county_code,
        payable_persons,
        case when $basis = 'persons' then paid_persons else received_twd end as numerator,
        case when $basis = 'persons' then payable_persons else receivable_twd end as denominator,
        case when $basis = 'persons' then 1 else printed_unit_twd end as printed_unit,
        max(period) over () as newest_period
    from marts.county_period_payment
    where
        as_of = $as_of
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
),

shown as (
    select distinct period from in_force
    union all
    select null as period
)

select
    s.period,
    c.county_code,
    c.county,
    c.evaluation_group,
    p.numerator,
    p.denominator,
    100 * p.numerator / nullif(p.denominator, 0) as rate_pct,
    p.printed_unit,
    p.payable_persons,
    p.newest_period
from shown as s
cross join marts.county as c
left join in_force as p on c.county_code = p.county_code and s.period = p.period
order by s.period, c.sort_order
