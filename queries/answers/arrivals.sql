-- When did each report that was not withdrawn first arrive, whichever version is in force now?
-- Grain:  one row per kind, period and as_of.
-- Unit:   period is ISO text, empty for snapshots; covers_history where a long file brought it in after the fact.
-- Params: $known_on (date).
-- Reads:  marts.version.
select
    kind,
    period,
    as_of,
    min(received_on) as received_on,
    arg_min(covers_history, received_on) as covers_history
from marts.version
where received_on <= $known_on and withdrawn_on > $known_on
group by kind, period, as_of
order by kind, as_of, period
