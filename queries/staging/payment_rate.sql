-- What does each payment-rate snapshot say, county by county and billing period by billing period?
-- Grain:  one row per submission, billing period, as_of, population and county.
-- Unit:   _persons are persons, _twd are TWD; null where the report says 「…」.
-- Params: none.
-- Reads:  ledger.figure.
select
    submission_id,
    period,
    as_of,
    population,
    county_code,
    max(value) filter (where measure = 'payable_persons') as payable_persons,
    max(value) filter (where measure = 'paid_persons') as paid_persons,
    max(value) filter (where measure = 'receivable_twd') as receivable_twd,
    max(value) filter (where measure = 'received_twd') as received_twd,
    max(unit) as printed_unit_twd
from ledger.figure
where kind = 'payment_rate'
group by all
