"""无法读取: how a reader says no to a file."""


class Unreadable(ValueError):  # noqa: N818 - a state of the file, as Refused is one of the act
    """The source cannot be read (无法读取); the message is one Chinese sentence for the sender."""
