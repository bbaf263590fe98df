-- Which slice states a measure for other than 22 counties?
-- Grain:  one row per offending submission, period, as_of, population, measure and first day in force.
-- Unit:   counties is a count.
-- Params: none.
-- Reads:  marts.figure.
select
    submission_id,
    period,
    as_of,
    population,
    measure,
    known_from,
    count(distinct county_code) as counties
from marts.figure
group by submission_id, period, as_of, population, measure, known_from
having count(distinct county_code) != 22 or count(*) != 22
