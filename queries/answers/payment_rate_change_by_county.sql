-- How does the share paid of one billing period differ from that of another, county by county?
-- Grain:  one row per county (22), also where nothing was billed.
-- Unit:   numerators and denominators in persons or TWD by $basis; payable_persons are persons whatever the basis;
--         base_as_of is the last snapshot from $base_from to $base_to that shows the base period, null without one.
-- Params: $period, $base_period (text), $as_of, $base_from, $base_to, $known_on (dates), $population, $basis (text:
--         persons, amounts).
-- Reads:  marts.county, marts.county_period_payment.
with in_force as (
    select
        period,
        as_of,
        county_code,
        payable_persons,
        case when $basis = 'persons' then paid_persons else received_twd end as numerator,
        case when $basis = 'persons' then payable_persons else receivable_twd end as denominator,
        case when $basis = 'persons' then 1 else printed_unit_twd end as printed_unit
    from marts.county_period_payment
    where
        (
            (period = $period and as_of = $as_of)
            or (period = $base_period and as_of between $base_from and $base_to)
        )
        and population = $population
        and known_from <= $known_on
        and known_until > $known_on
),

base_snapshot as (
    select max(as_of) as as_of
    from in_force
    where period = $base_period and as_of between $base_from and $base_to
)

select
    c.county_code,
    p.numerator,
    p.denominator,
    p.payable_persons,
    p.printed_unit,
    b.numerator as base_numerator,
    b.denominator as base_denominator,
    b.payable_persons as base_payable_persons,
    b.printed_unit as base_printed_unit,
    s.as_of as base_as_of
from marts.county as c
cross join base_snapshot as s
left join in_force as p on c.county_code = p.county_code and p.period = $period and p.as_of = $as_of
left join in_force as b on c.county_code = b.county_code and b.period = $base_period and s.as_of = b.as_of
order by c.sort_order
