-- Which cumulative amounts does each November report give, county by county?
-- Grain:  one row per submission, year, as_of, population and county.
-- Unit:   TWD from 97年10月 to June of the year; null where the report says 「…」.
-- Params: none.
-- Reads:  ledger.figure.
select
    submission_id,
    period,
    as_of,
    population,
    county_code,
    max(value) filter (where measure = 'receivable_twd') as receivable_twd,
    max(value) filter (where measure = 'received_twd') as received_twd,
    max(unit) as printed_unit_twd
from ledger.figure
where kind = 'average_rate'
group by all
