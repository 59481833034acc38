"""登录的设备: what a browser says of itself, in words that its owner recognizes."""

from django import template

register = template.Library()

#: the first word that is found wins: most browsers also call themselves Chrome and Safari
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("360SE", "360 安全浏览器"),
    ("QQBrowser", "QQ 浏览器"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("HarmonyOS", "鸿蒙"),
    ("Android", "安卓"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser_name(agent: str) -> str:
    """The browser and the system (浏览器): ``Chrome（Windows）``.

    >>> browser_name("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130")
    'Edge（Windows）'
    """
    found = [next((name for word, name in words if word in agent), "未知") for words in (BROWSERS, SYSTEMS)]
    return f"{found[0]}（{found[1]}）"
