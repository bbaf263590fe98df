-- How much of each billing period was paid, as of each snapshot?
-- Grain:  one row per billing period, as_of, population, county and stretch of a version.
-- Unit:   _persons are persons, _twd are TWD; printed_unit_twd is 1000 where amounts were printed in 千元.
-- Params: none.
-- Reads:  staging.payment_rate, marts.version.
select
    p.period,
    p.as_of,
    p.population,
    p.county_code,
    p.payable_persons,
    p.paid_persons,
    p.receivable_twd,
    p.received_twd,
    p.printed_unit_twd,
    p.submission_id,
    v.known_from,
    v.known_until
from staging.payment_rate as p
inner join marts.version as v
    on
        p.submission_id = v.submission_id
        and p.as_of = v.as_of
order by p.as_of, p.period, p.population, p.county_code
