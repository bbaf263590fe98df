-- Which reasons for not paying does each report count, county by county?
-- Grain:  one row per submission, half or full year, as_of and county.
-- Unit:   persons visited with success who had not repaid by as_of, one main reason each; null where 「…」.
-- Params: none.
-- Reads:  ledger.figure.
select
    submission_id,
    period,
    as_of,
    county_code,
    max(value) filter (where measure = 'hardship_persons') as hardship_persons,
    max(value) filter (where measure = 'unwilling_persons') as unwilling_persons,
    max(value) filter (where measure = 'unaware_persons') as unaware_persons,
    max(value) filter (where measure = 'other_insurance_persons') as other_insurance_persons,
    max(value) filter (where measure = 'untraceable_persons') as untraceable_persons,
    max(value) filter (where measure = 'other_reason_persons') as other_reason_persons
from ledger.figure
where kind = 'unpaid_reasons'
group by all
