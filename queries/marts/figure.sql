-- Which figures has every report stated, and when was each known?
-- Grain:  one row per submission, period, as_of, population, county, measure and stretch of days it is in force.
-- Unit:   value is persons, cases or TWD by the measure's name; null where the report says 「…」.
-- Params: none.
-- Reads:  ledger.figure, marts.version.
select
    f.kind,
    f.period,
    f.as_of,
    f.population,
    f.county_code,
    f.measure,
    f.value,
    f.unit as printed_unit_twd,
    f.submission_id,
    v.issued_on,
    v.received_on,
    v.is_simulated,
    v.stretch,
    v.known_from,
    v.known_until
from ledger.figure as f
inner join marts.version as v
    on
        f.submission_id = v.submission_id
        and f.as_of = v.as_of
        and v.period in (f.period, '')
order by f.kind, f.as_of, f.period, f.population, f.county_code, f.measure, f.submission_id
