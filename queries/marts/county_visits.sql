-- What did visits achieve, county by county?
-- Grain:  one row per half or full year, as_of, county and stretch of a version.
-- Unit:   counts of persons, visits and sessions; repaid_twd in TWD; targets are the whole year's.
-- Params: none.
-- Reads:  staging.visits, marts.version.
select
    s.period,
    s.as_of,
    s.county_code,
    s.visitors,
    s.target_visits,
    s.visited_persons,
    s.successful_persons,
    s.repaid_persons,
    s.repaid_twd,
    s.outreach_sessions,
    s.target_outreach_sessions,
    s.printed_unit_twd,
    s.submission_id,
    v.known_from,
    v.known_until
from staging.visits as s
inner join marts.version as v
    on
        s.submission_id = v.submission_id
        and s.as_of = v.as_of
        and s.period = v.period
order by s.period, s.county_code
