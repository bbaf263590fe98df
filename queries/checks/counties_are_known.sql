-- Which figure speaks of a county the reference table does not know?
-- Grain:  one row per offending figure.
-- Unit:   none.
-- Params: none.
-- Reads:  marts.figure, marts.county.
select
    f.submission_id,
    f.county_code,
    f.measure
from marts.figure as f
left join marts.county as c on f.county_code = c.county_code
where c.county_code is null
