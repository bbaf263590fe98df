-- On which day would two versions of one slice be in force at once?
-- Grain:  one row per offending pair of submissions.
-- Unit:   none.
-- Params: none.
-- Reads:  marts.version.
select
    a.kind,
    a.period,
    a.as_of,
    a.submission_id,
    b.submission_id as other_submission_id
from marts.version as a
inner join marts.version as b
    on
        a.kind = b.kind
        and a.period = b.period
        and a.as_of = b.as_of
        and a.submission_id < b.submission_id
        and a.known_from < b.known_until
        and a.known_until > b.known_from
where a.known_from < a.known_until and b.known_from < b.known_until
