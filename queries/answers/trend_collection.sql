-- What did dunning count, by one of its figures, month by month and county by county?
-- Grain:  one row per month reported from $since on, and county (22).
-- Unit:   numerator in persons, cases or TWD by the name of the figure; a count has no denominator.
-- Params: $since (text, a month), $figure (text, its name), $known_on (date).
-- Reads:  marts.county, marts.county_month_collection.
with in_force as (
    select
        period,
        as_of,
        county_code,
        case $figure
            when 'dunned_persons' then dunned_persons
            when 'dunned_twd' then dunned_twd
            when 'recovered_persons' then recovered_persons
            when 'recovered_twd' then recovered_twd
            when 'arrears_persons' then arrears_persons
            when 'arrears_twd' then arrears_twd
            when 'instalment_cases' then instalment_cases
        end as numerator,
        case when $figure like '%_twd' then printed_unit_twd else 1 end as printed_unit
    from marts.county_month_collection
    where
        period >= $since
        and known_from <= $known_on
        and known_until > $known_on
),

reported as (
    select
        period,
        max(as_of) as as_of
    from in_force
    group by period
)

select
    r.period,
    r.as_of,
    c.county_code,
    m.numerator,
    cast(null as bigint) as denominator,
    cast(null as bigint) as persons,
    m.printed_unit
from reported as r
cross join marts.county as c
left join in_force as m on r.period = m.period and r.as_of = m.as_of and c.county_code = m.county_code
order by r.period, c.sort_order
