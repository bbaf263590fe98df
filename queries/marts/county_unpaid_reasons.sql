-- Why had visited persons not paid, county by county?
-- Grain:  one row per half or full year, as_of, county and stretch of a version.
-- Unit:   persons, one main reason each.
-- Params: none.
-- Reads:  staging.unpaid_reasons, marts.version.
select
    s.period,
    s.as_of,
    s.county_code,
    s.hardship_persons,
    s.unwilling_persons,
    s.unaware_persons,
    s.other_insurance_persons,
    s.untraceable_persons,
    s.other_reason_persons,
    s.submission_id,
    v.known_from,
    v.known_until
from staging.unpaid_reasons as s
inner join marts.version as v
    on
        s.submission_id = v.submission_id
        and s.as_of = v.as_of
        and s.period = v.period
order by s.period, s.county_code
