-- What does each report on visits say, county by county?
-- Grain:  one row per submission, half or full year, as_of and county.
-- Unit:   counts of persons, visits and sessions; repaid_twd in TWD; null where the report says 「…」.
-- Params: none.
-- Reads:  ledger.figure.
select
    submission_id,
    period,
    as_of,
    county_code,
    max(value) filter (where measure = 'visitors') as visitors,
    max(value) filter (where measure = 'target_visits') as target_visits,
    max(value) filter (where measure = 'visited_persons') as visited_persons,
    max(value) filter (where measure = 'successful_persons') as successful_persons,
    max(value) filter (where measure = 'repaid_persons') as repaid_persons,
    max(value) filter (where measure = 'repaid_twd') as repaid_twd,
    max(value) filter (where measure = 'outreach_sessions') as outreach_sessions,
    max(value) filter (where measure = 'target_outreach_sessions') as target_outreach_sessions,
    max(unit) as printed_unit_twd
from ledger.figure
where kind = 'visits'
group by all
