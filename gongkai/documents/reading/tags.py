"""标记: which elements and attributes of a text are looked at, and which are dropped with what they hold."""

#: marks in a line, under the name by which they are written
MARKS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "u": "u", "s": "s", "strike": "s",
    "sub": "sub", "sup": "sup",
}  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
#: what begins and ends a line
BLOCKS = frozenset([
    "p", "div", "section", "article", "main", "header", "footer", "aside", "center", "address", "dl", "dt",
    "dd", "details", "summary", "pre", "fieldset", "figcaption", "li",
])  # fmt: skip
#: what is read in a way of its own
OWN = frozenset(["table", "ul", "ol", "figure", "hr", "blockquote"])
_PARTS = frozenset(["a", "br", "img", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "span", "font"])
KEPT = BLOCKS | OWN | _PARTS | frozenset(MARKS) | frozenset(HEADINGS)
#: dropped with all that they hold; the words of other unknown elements stay
DROPPED = frozenset([
    "script", "style", "xml", "title", "template", "noscript", "iframe", "object", "embed", "select",
    "textarea", "button", "svg", "math", "del", "head", "nav", "audio", "video", "canvas", "map", "noframes",
])  # fmt: skip
ATTRIBUTES = {
    "*": {"style", "class", "align", "hidden"},
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
