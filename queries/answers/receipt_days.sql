-- On which days did reports come in, or were withdrawn?
-- Grain:  one row per day on which any accepted report was received or withdrawn, the newest first.
-- Unit:   dates.
-- Params: none.
-- Reads:  marts.version.
select received_on
from marts.version
union
select withdrawn_on as received_on
from marts.version
where withdrawn_on < date '9999-12-31'
order by received_on desc
