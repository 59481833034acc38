"""Public pages: requests a second drawn anew, kept by the application, behind nginx, beside a static file."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.postgres import free_port
from scripts.server import PROGRAMS, ROOT, wait_for

SECONDS = 5
CONNECTIONS = 16
GOALS = {"kept": 4000.0, "share": 0.7, "list": 400.0}

NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; worker_processes 2;
events {{ worker_connections 1024; }}
http {{
  access_log off; include /etc/nginx/mime.types; keepalive_requests 1000000;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  proxy_cache_path {folder}/cache levels=1:2 keys_zone=one:10m use_temp_path=off;
  upstream app {{ server 127.0.0.1:{app}; keepalive 32; }}
  server {{
    listen 127.0.0.1:{port};
    location /static-page/ {{ root {folder}; default_type text/html; charset utf-8; }}
    location / {{
      proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection "";
      proxy_set_header Host $host:{app};
      proxy_set_header Accept-Encoding ""; proxy_cache one; proxy_cache_key $scheme$host$request_uri;
      proxy_cache_lock on; proxy_cache_use_stale updating; proxy_ignore_headers Cache-Control Expires;
    }}
  }}
}}
"""


def measured(address: str) -> float:
    """Requests a second (每秒请求数), as wrk counts them; answers that are no 200 end the measurement."""
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        sys.exit(f"bench pages: {address} did not answer 200")
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)
    assert found, said
    return float(found[1])


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """The application alone, on granian with two processes (应用)."""
    port = free_port()
    options = [f"--port={port}", "--interface=wsgi", "--workers=2", "--blocking-threads=3"]
    command = [PROGRAMS / "granian", *options, "--log-level=warning", "config.wsgi:application"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def behind_nginx(application: str, folder: Path, pages: dict[str, bytes]) -> Iterator[str]:
    """The application behind nginx with a cache of one second, and the same pages as files (nginx)."""
    port = free_port()
    for name, body in pages.items():
        target = folder / "static-page" / f"{name}.html"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(body)
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, app=application.rpartition(":")[2]))
    folder.chmod(0o755)
    server = subprocess.Popen(["nginx", "-c", settings, "-e", folder / "error.log"])
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address) as page:
        return bytes(page.read())


def found_pages(application: str) -> dict[str, str]:
    """A paper and a column of the demo (测量的页面); without papers, pages of the plan's progress."""
    columns = re.findall(r'href="(/columns/[\w-]+/)"', fetched(f"{application}/columns/").decode())
    for column in columns:
        papers = re.findall(r'href="(/papers/\d+/)"', fetched(f"{application}{column}").decode())
        if len(papers) >= 10:
            return {"paper": papers[0], "list": column}
    plans = re.findall(r'href="(/progress/\d+/)', fetched(f"{application}/progress/").decode())
    return {"paper": "/accessibility/", "list": plans[0]}


def main() -> None:
    """Measure one paper and one list in each way."""
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if "wrk" in missing:
        print("not measured: wrk is missing (apt-get install wrk nginx-light)")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        given = os.environ.get("GONGKAI_BENCH_DATABASE")
        environment = {
            **os.environ,
            "GONGKAI_DATABASE": given or f"sqlite:///{folder / 'demo.sqlite3'}",
            "GONGKAI_UPLOADS": place,
            "GONGKAI_TODAY": "2021-11-12",
        }
        if not given:
            for step in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
                subprocess.run([PROGRAMS / "gongkai", "manage", *step], env=environment, check=True)
        rows: dict[str, dict[str, float]] = {"paper": {}, "list": {}}
        with serving({**environment, "GONGKAI_PAGE_CACHE_MB": "0"}) as application:
            pages = found_pages(application)
            for kind, path in pages.items():
                fetched(application + path)
                rows[kind]["drawn anew"] = measured(application + path)
        with serving(environment) as application:
            bodies = {kind: fetched(application + path) for kind, path in pages.items()}
            for kind, path in pages.items():
                rows[kind]["kept"] = measured(application + path)
            if "nginx" not in missing:
                with behind_nginx(application, folder, bodies) as front:
                    for kind, path in pages.items():
                        rows[kind]["nginx, 1 s"] = measured(front + path)
                        rows[kind]["static file"] = measured(f"{front}/static-page/{kind}.html")
    report(pages, bodies, rows)
    if missing:
        print("behind nginx: not measured, nginx is missing (apt-get install nginx-light)")


def report(pages: dict[str, str], bodies: dict[str, bytes], rows: dict[str, dict[str, float]]) -> None:
    """One line for each page, and how the goals were met (结果)."""
    for kind, found in rows.items():
        said = "  ".join(f"{way} {number:,.0f}/s" for way, number in found.items())
        print(f"{kind:6} {pages[kind]} ({len(bodies[kind]) / 1000:.0f} KB)  {said}")
    paper, listed = rows["paper"], rows["list"]
    print(f"goal: kept ≥ {GOALS['kept']:,.0f}/s: {min(paper['kept'], listed['kept']):,.0f}/s")
    print(f"goal: list drawn anew ≥ {GOALS['list']:.0f}/s: {listed['drawn anew']:,.0f}/s")
    if "static file" in paper:
        share = min(each["nginx, 1 s"] / each["static file"] for each in rows.values())
        print(f"goal: behind nginx ≥ {GOALS['share']} × static: {share:.2f} ×")
