-- Where do the unpaid reasons not add up to successful visits minus repayments of the same report period?
-- Grain:  one row per period, as_of and county that differs.
-- Unit:   persons.
-- Params: $known_on (date).
-- Reads:  marts.county, marts.county_visits, marts.county_unpaid_reasons.
select
    v.period,
    v.as_of,
    c.county_code,
    c.county,
    v.successful_persons - v.repaid_persons as unpaid_by_visits,
    u.hardship_persons + u.unwilling_persons + u.unaware_persons
    + u.other_insurance_persons + u.untraceable_persons + u.other_reason_persons as unpaid_by_reasons
from marts.county_visits as v
inner join marts.county_unpaid_reasons as u
    on
        v.period = u.period
        and v.as_of = u.as_of
        and v.county_code = u.county_code
        and u.known_from <= $known_on
        and u.known_until > $known_on
inner join marts.county as c on v.county_code = c.county_code
where
    v.known_from <= $known_on
    and v.known_until > $known_on
    and unpaid_by_visits != unpaid_by_reasons
order by v.period, c.sort_order
