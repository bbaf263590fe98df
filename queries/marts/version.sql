-- Which submission's figures are in force on which days of knowledge?
-- Grain:  one row per accepted submission, slice (kind, period, as_of) it covers and stretch of days it is in force;
--         a single one, of no day, where it never is.
-- Unit:   in force from known_from up to, but not on, known_until; stretches count from 1, several where what came
--         after was withdrawn; withdrawn_on is 9999-12-31 where it stands.
-- Params: none.
-- Reads:  ledger.slice, ledger.submission, ledger.withdrawal.
with accepted as (
    select
        s.kind,
        slice.period,
        slice.as_of,
        s.submission_id,
        s.issued_on,
        s.received_on,
        s.file_name,
        s.is_simulated,
        s.is_correction,
        s.correction_reason,
        s.covers_history,
        coalesce(w.withdrawn_on, date '9999-12-31') as withdrawn_on,
        coalesce(w.withdrawal_reason, '') as withdrawal_reason
    from ledger.slice as slice
    inner join ledger.submission as s on slice.submission_id = s.submission_id
    left join ledger.withdrawal as w on s.submission_id = w.submission_id
    where s.outcome != 'refused'
),

-- Only on these days may another version come into force.
turns as (
    select
        kind,
        period,
        as_of,
        received_on as turn_on
    from accepted
    union
    select
        kind,
        period,
        as_of,
        withdrawn_on as turn_on
    from accepted
    where withdrawn_on < date '9999-12-31'
),

spans as (
    select
        kind,
        period,
        as_of,
        turn_on,
        coalesce(
            lead(turn_on) over (partition by kind, period, as_of order by turn_on),
            date '9999-12-31'
        ) as until_on
    from turns
),

-- The version in force has the highest (issued_on, submission) of those received and not withdrawn.
holders as (
    select
        s.kind,
        s.period,
        s.as_of,
        s.turn_on,
        s.until_on,
        arg_max(a.submission_id, row(a.issued_on, a.submission_id)) as submission_id
    from spans as s
    inner join accepted as a
        on
            s.kind = a.kind
            and s.period = a.period
            and s.as_of = a.as_of
            and s.turn_on >= a.received_on
            and s.turn_on < a.withdrawn_on
    group by s.kind, s.period, s.as_of, s.turn_on, s.until_on
),

-- Where the same one holds on, a span begins no stretch.
marked as (
    select
        kind,
        period,
        as_of,
        submission_id,
        turn_on,
        until_on,
        coalesce(lag(submission_id) over (partition by kind, period, as_of order by turn_on), 0)
        != submission_id as begins
    from holders
),

numbered as (
    select
        kind,
        period,
        as_of,
        submission_id,
        turn_on,
        until_on,
        sum(begins::integer) over (
            partition by kind, period, as_of, submission_id
            order by turn_on
        ) as stretch
    from marked
),

stretches as (
    select
        kind,
        period,
        as_of,
        submission_id,
        stretch,
        min(turn_on) as known_from,
        max(until_on) as known_until
    from numbered
    group by kind, period, as_of, submission_id, stretch
)

select
    a.kind,
    a.period,
    a.as_of,
    a.submission_id,
    a.issued_on,
    a.received_on,
    a.withdrawn_on,
    a.withdrawal_reason,
    a.file_name,
    a.is_simulated,
    a.is_correction,
    a.correction_reason,
    a.covers_history,
    coalesce(t.stretch, 1)::integer as stretch,
    coalesce(t.known_from, a.received_on) as known_from,
    coalesce(t.known_until, a.received_on) as known_until
from accepted as a
left join stretches as t
    on
        a.kind = t.kind
        and a.period = t.period
        and a.as_of = t.as_of
        and a.submission_id = t.submission_id
