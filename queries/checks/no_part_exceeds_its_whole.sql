-- Where is more paid than payable, or more received than receivable?
-- Grain:  one row per offending county, period and as_of.
-- Unit:   persons and TWD.
-- Params: none.
-- Reads:  marts.county_period_payment, marts.county_year_average.
select
    submission_id,
    period,
    county_code
from marts.county_period_payment
where paid_persons > payable_persons or received_twd > receivable_twd
union all
select
    submission_id,
    period,
    county_code
from marts.county_year_average
where received_twd > receivable_twd
