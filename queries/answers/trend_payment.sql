-- What was payable and paid of some billing periods, each as of a snapshot of its own, county by county?
-- Grain:  one row per pair of $periods and $as_ofs, and county (22), also where nothing was reported.
-- Unit:   numerator and denominator in persons or TWD by $basis; persons are those who owed the period.
-- Params: $periods, $as_ofs (lists of text, in pairs), $known_on (date), $population, $basis (text).
-- Reads:  marts.county, marts.county_period_payment.
with wanted as (
    select
        unnest($periods) as period,
        cast(unnest($as_ofs) as date) as as_of
)

select
    w.period,
    w.as_of,
    c.county_code,
    case when $basis = 'persons' then p.paid_persons else p.received_twd end as numerator,
    case when $basis = 'persons' then p.payable_persons else p.receivable_twd end as denominator,
    p.payable_persons as persons,
    case when $basis = 'persons' then 1 else p.printed_unit_twd end as printed_unit
from wanted as w
cross join marts.county as c
left join marts.county_period_payment as p
    on
        w.period = p.period
        and w.as_of = p.as_of
        and c.county_code = p.county_code
        and p.population = $population
        and p.known_from <= $known_on
        and p.known_until > $known_on
order by w.period, w.as_of, c.sort_order
