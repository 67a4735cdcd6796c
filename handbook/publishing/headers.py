"""What browsers may do with the pages, written where each server and each copy can say it.

Every page carries the policy itself, so that it holds wherever the page is served from or opened. A server can say
more; what it should say stands in two files at the site's root, for the two kinds of server that read one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

HEADERS_FILE = "_headers"
"""Read by Netlify, Cloudflare Pages and others."""

NGINX_FILE = "nginx-headers.conf"
"""To be included in a server block of nginx."""

POLICY = "; ".join(
    f"{kind} {allowed}"
    for kind, allowed in {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }.items()
)
"""Nothing but the site's own files; the search form leads to the site itself. No page can widen it by what it holds."""

POLICY_OF_COPIES = POLICY.replace("form-action 'self'", "form-action 'self' file:")
"""The same for pages opened from a file, where Firefox takes no file for the site itself."""

_NO_FRAMES = "frame-ancestors 'none'"
"""What browsers take from a header only."""

_UNUSED = "accelerometer autoplay browsing-topics camera display-capture fullscreen geolocation gyroscope \
magnetometer microphone midi payment usb"

_OTHERS = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

_FIRST = '<meta charset="utf-8">'
"""What every page begins with; the policy must come before anything that it is to judge."""


def write_headers(site: Path) -> None:
    """Put the policy into each page of a built site, and write the files for servers.

    Args:
        site: the folder that holds it.
    """
    said = f'{_FIRST}\n<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    for path in sorted(site.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace(_FIRST, said, 1), encoding="utf-8")
    headers = {"Content-Security-Policy": f"{POLICY}; {_NO_FRAMES}", **_OTHERS}
    (site / HEADERS_FILE).write_text(_for_hosts(headers), encoding="utf-8")
    (site / NGINX_FILE).write_text(_for_nginx(headers), encoding="utf-8")


def _for_hosts(headers: Mapping[str, str]) -> str:
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())


def _for_nginx(headers: Mapping[str, str]) -> str:
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())
