-- What is the average rate since 97年10月, county by county, and how did it change over that of a base year?
-- Grain:  one row per county (22).
-- Unit:   TWD; rate_pct is 0-100; rate_change_pp in percentage points; null where an amount is missing or zero;
--         payable_persons owed $last_period, as the newest snapshot that shows it has them.
-- Params: $year, $base_year, $last_period (text), $known_on (date), $population (text).
-- Reads:  marts.county, marts.county_period_payment, marts.county_year_average.
with in_force as (
    select
        period,
        county_code,
        receivable_twd,
        received_twd,
        printed_unit_twd
    from marts.county_year_average
    where
        period in ($year, $base_year)
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
),

owing as (
    select
        county_code,
        arg_max(payable_persons, as_of) as payable_persons
    from marts.county_period_payment
    where
        period = $last_period
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
    group by county_code
)

select
    c.county_code,
    c.county,
    c.evaluation_group,
    y.received_twd as numerator,
    y.receivable_twd as denominator,
    100 * y.received_twd / nullif(y.receivable_twd, 0) as rate_pct,
    b.received_twd as base_numerator,
    b.receivable_twd as base_denominator,
    100 * y.received_twd / nullif(y.receivable_twd, 0)
    - 100 * b.received_twd / nullif(b.receivable_twd, 0) as rate_change_pp,
    y.printed_unit_twd as printed_unit,
    b.printed_unit_twd as base_printed_unit,
    o.payable_persons
from marts.county as c
left join in_force as y on c.county_code = y.county_code and y.period = $year
left join in_force as b on c.county_code = b.county_code and b.period = $base_year
left join owing as o on c.county_code = o.county_code
order by c.sort_order
