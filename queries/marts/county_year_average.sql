-- How much of what was billed since 97年10月 was paid, as given each November?
-- Grain:  one row per year, as_of, population, county and stretch of a version.
-- Unit:   TWD, cumulative to June of the year.
-- Params: none.
-- Reads:  staging.average_rate, marts.version.
select
    a.period,
    a.as_of,
    a.population,
    a.county_code,
    a.receivable_twd,
    a.received_twd,
    a.printed_unit_twd,
    a.submission_id,
    v.known_from,
    v.known_until
from staging.average_rate as a
inner join marts.version as v
    on
        a.submission_id = v.submission_id
        and a.as_of = v.as_of
        and a.period = v.period
order by a.period, a.population, a.county_code
