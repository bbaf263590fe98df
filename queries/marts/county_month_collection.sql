-- What did dunning bring in, county by county and month by month?
-- Grain:  one row per month, as_of, county and stretch of a version.
-- Unit:   _persons and _cases are counts, _twd are TWD; printed_unit_twd is 1000 where amounts were in 千元.
-- Params: none.
-- Reads:  staging.collection, marts.version.
select
    s.period,
    s.as_of,
    s.county_code,
    s.dunned_persons,
    s.dunned_twd,
    s.recovered_persons,
    s.recovered_twd,
    s.arrears_persons,
    s.arrears_twd,
    s.instalment_cases,
    s.spouse_fined_persons,
    s.spouse_fined_twd,
    s.printed_unit_twd,
    s.submission_id,
    v.known_from,
    v.known_until
from staging.collection as s
inner join marts.version as v
    on
        s.submission_id = v.submission_id
        and s.as_of = v.as_of
        and s.period = v.period
order by s.period, s.county_code
