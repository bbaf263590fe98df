-- Which billing periods does each snapshot show?
-- Grain:  one row per as_of and billing period.
-- Unit:   none.
-- Params: $known_on (date).
-- Reads:  marts.county_period_payment.
select distinct
    as_of,
    period
from marts.county_period_payment
where known_from <= $known_on and known_until > $known_on
order by as_of desc, period desc
