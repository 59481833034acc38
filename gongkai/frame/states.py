"""状态标识: the colour and the sign of a state, so that colour is never the only cue."""

#: tone → sign. good: done; work: under way; wait: not begun; warn: sent back, or near its day; bad: late
SIGNS = {"good": "✓", "work": "●", "wait": "○", "warn": "▲", "bad": "!"}

_TONES = {
    "good": (
        "done accepted granted verified closed confirmed public active answered_in_time live "
        "valid agreed passed"
    ),
    "work": (
        "working running sent signed checking answered mended asked open_now unit_review "
        "secrecy legal district countersign signing ready scheduled"
    ),
    "wait": (
        "waiting draft unchecked none upcoming ended archived dropped inactive superseded "
        "withdrawn left expired"
    ),
    "warn": "returned soon today doubtful open amended pending",
    "bad": "late overdue refused ordered failed blocked repealed",
}
_TONE_OF = {code: tone for tone, codes in _TONES.items() for code in codes.split()}


def tone_of(code: str) -> str:
    """The tone of a state by its usual code (色调); a code that nobody knows waits.

    >>> tone_of("returned"), tone_of("something")
    ('warn', 'wait')
    """
    return _TONE_OF.get(code, "wait")
