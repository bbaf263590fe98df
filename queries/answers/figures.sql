-- Which figures of one kind were known on a day?
-- Grain:  one row per figure: period, as_of, population, county and measure; cells printed 「…」 state none.
-- Unit:   value is persons, cases or TWD by the measure's name.
-- Params: $kind (text), $known_on (date).
-- Reads:  marts.figure.
select
    kind,
    period,
    as_of,
    population,
    case when kind = 'payment_rate' then period end as billing_period,
    county_code,
    measure,
    value,
    submission_id,
    issued_on,
    received_on,
    is_simulated
from marts.figure
where
    kind = $kind
    and known_from <= $known_on
    and known_until > $known_on
    and value is not null
order by as_of, period, population, county_code, measure
