-- What does each dunning report say, county by county?
-- Grain:  one row per submission, month, as_of and county.
-- Unit:   _persons and _cases are counts, _twd are TWD; null where the report says 「…」.
-- Params: none.
-- Reads:  ledger.figure.
select
    submission_id,
    period,
    as_of,
    county_code,
    max(value) filter (where measure = 'dunned_persons') as dunned_persons,
    max(value) filter (where measure = 'dunned_twd') as dunned_twd,
    max(value) filter (where measure = 'recovered_persons') as recovered_persons,
    max(value) filter (where measure = 'recovered_twd') as recovered_twd,
    max(value) filter (where measure = 'arrears_persons') as arrears_persons,
    max(value) filter (where measure = 'arrears_twd') as arrears_twd,
    max(value) filter (where measure = 'instalment_cases') as instalment_cases,
    max(value) filter (where measure = 'spouse_fined_persons') as spouse_fined_persons,
    max(value) filter (where measure = 'spouse_fined_twd') as spouse_fined_twd,
    max(unit) as printed_unit_twd
from ledger.figure
where kind = 'collection'
group by all
