-- Why had the persons visited with success not paid, county by county, in some half or full years?
-- Grain:  one row per period that is reported (its newest as_of in force) and county (22).
-- Unit:   persons, one main reason each; null where 「…」.
-- Params: $periods (list of text), $known_on (date).
-- Reads:  marts.county, marts.county_unpaid_reasons.
with in_force as (
    select
        period,
        as_of,
        county_code,
        hardship_persons,
        unwilling_persons,
        unaware_persons,
        other_insurance_persons,
        untraceable_persons,
        other_reason_persons
    from marts.county_unpaid_reasons
    where
        period = any($periods)
        and known_from <= $known_on
        and known_until > $known_on
    qualify as_of = max(as_of) over (partition by period)
),

periods as (
    select distinct
        period,
        as_of
    from in_force
)

select
    p.period,
    p.as_of,
    c.county_code,
    r.hardship_persons,
    r.unwilling_persons,
    r.unaware_persons,
    r.other_insurance_persons,
    r.untraceable_persons,
    r.other_reason_persons
from periods as p
cross join marts.county as c
left join in_force as r on p.period = r.period and c.county_code = r.county_code
order by p.period, c.sort_order
