"""状态标识: the colour and the sign of a state, so that colour is never the only cue."""

#: tone → sign. good: done; work: under way; wait: not begun; warn: sent back, or near its day; bad: late
SIGNS = {"good": "✓", "work": "●", "wait": "○", "warn": "▲", "bad": "!"}

_TONES = {
    "good": "done accepted granted verified closed confirmed public active answered_in_time",
    "work": "working running sent signed checking answered mended asked open_now",
    "wait": "waiting draft unchecked none upcoming ended archived dropped inactive",
    "warn": "returned soon today doubtful open",
    "bad": "late overdue refused ordered failed blocked",
}
_TONE_OF = {code: tone for tone, codes in _TONES.items() for code in codes.split()}


def tone_of(code: str) -> str:
    """The tone of a state by its usual code (色调); a code that nobody knows waits.

    >>> tone_of("returned"), tone_of("something")
    ('warn', 'wait')
    """
    return _TONE_OF.get(code, "wait")
