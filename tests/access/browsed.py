"""A browser that a test client answers: it reads the world of a test, which nobody else can see.

The browser lives in a thread of its own; what it asks for is answered where the world is. What runs
there that should not is noted: script that a text brought along, what the policy had to stop,
elements that only a text can have made, and addresses of other houses.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue
from threading import Thread
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.test import Client
from playwright.sync_api import Page, Route, sync_playwright

from tests.browser import FLAGS

from . import sweep

HOUSE = "http://localhost"  # a browser trusts it as it trusts https
LONGEST = 60  # seconds for one page
KEPT_BACK = ("Content-Length", "Set-Cookie", "Transfer-Encoding")
PLEDGE = """
window.ran = [];
window.x9 = () => { (window.top.ran || window.ran).push(`ran at ${document.URL}`); };
window.addEventListener("securitypolicyviolation", (event) => {
  window.ran.push(`${event.effectiveDirective} stopped ${event.blockedURI} ${event.sample}`);
});
"""
# A moment after all that begins by itself has begun. Nothing of this is in any page of the house.
FOUND = """async () => {
  for (let turn = 0; turn < 2; turn += 1) await new Promise(requestAnimationFrame);
  const found = [...window.ran], runs = /^(javascript|vbscript|data:text)/i;
  const leads = new Set(["href", "xlink:href", "src", "action", "formaction", "data"]);
  const made = "iframe, object, embed, base, marquee, meta[http-equiv]";
  for (const one of document.querySelectorAll("*")) {
    const says = one.matches("script:not([type='application/json']), style") ? one.textContent : "";
    const wrong = one.matches(made) || says.includes("x9(")
      || [...one.attributes].some(({name, value}) => /^(on|hx-on|data-hx-on)/.test(name)
        || (leads.has(name) && runs.test(value.replace(/[\\s\\u0000-\\u001f]/g, "")))
        || (name === "hx-vals" && /^(js|javascript):/.test(value)));
    if (wrong) found.push(one.outerHTML.slice(0, 200));
  }
  window.ran.length = 0;
  return found;
}"""


@dataclass(frozen=True)
class Asked:
    """One request of the browser, and where its answer is waited for."""

    method: str
    url: str
    body: bytes
    content_type: str
    headers: dict[str, str]
    said: Queue = field(default_factory=Queue)


@dataclass
class Reader:
    """What answers a browser, and what was wrong with what it read: address and fault."""

    client: Client
    faults: list[tuple[str, str]] = field(default_factory=list)
    urls: Queue = field(default_factory=Queue)
    told: Queue = field(default_factory=Queue)
    _static: dict[str, dict[str, object]] = field(default_factory=dict)

    def read(self, url: str, answer: HttpResponseBase) -> list[str]:
        """Show what a page was answered, on the screen and then as it is printed; return faults."""
        kept = {url: answer}
        self.urls.put(url)
        while isinstance(told := self.told.get(timeout=LONGEST), Asked):
            told.said.put(self._said(told, kept))
        self.faults += [(url, fault) for fault in told]
        return told

    def _said(self, asked: Asked, kept: dict[str, HttpResponseBase]) -> dict[str, object]:
        if asked.url in kept:
            return _plain(kept.pop(asked.url))
        if asked.url not in self._static:
            said = _plain(self._answered(asked))
            if not asked.url.startswith("/static/"):
                return said
            self._static[asked.url] = said
        return self._static[asked.url]

    def _answered(self, asked: Asked) -> HttpResponseBase:
        return self.client.generic(
            asked.method,
            asked.url,
            asked.body,
            content_type=asked.content_type,
            headers=asked.headers,
        )


@contextmanager
def reading(chromium: str, client: Client) -> Iterator[Reader]:
    """Open a browser whose requests a client answers, and close it."""
    reader = Reader(client)
    thread = Thread(target=_browse, args=(chromium, reader))
    thread.start()
    try:
        yield reader
    finally:
        reader.urls.put(None)
        thread.join()


def _browse(chromium: str, reader: Reader) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, headless=True, args=FLAGS)
        context = browser.new_context(service_workers="block", locale="zh-CN")
        context.add_init_script(PLEDGE)
        page, noted = context.new_page(), []
        page.on("dialog", lambda dialog: (noted.append(dialog.message), dialog.dismiss()))
        context.route("**/*", lambda route: _pass_on(route, reader, noted))
        while url := reader.urls.get():
            noted.clear()
            found = _look(page, url)
            reader.told.put([*noted, *found])
        browser.close()


def _look(page: Page, url: str) -> list[str]:
    page.emulate_media(media="screen")
    page.goto(f"{HOUSE}{url}", wait_until="load")
    found = page.evaluate(FOUND)
    page.emulate_media(media="print")
    return [*found, *page.evaluate(FOUND)]


def _pass_on(route: Route, reader: Reader, noted: list[str]) -> None:
    request, to = route.request, urlsplit(route.request.url)
    if to.hostname != "localhost":
        noted.append(f"asked {request.url}")
        route.abort()
        return
    if request.resource_type == "stylesheet":
        route.fulfill(status=200, content_type="text/css", body="")
        return
    asked = Asked(
        method=request.method,
        url=f"{to.path}?{to.query}" if to.query else to.path,
        body=request.post_data_buffer or b"",
        content_type=request.headers.get("content-type", ""),
        headers={name: text for name, text in request.headers.items() if name.startswith("hx-")},
    )
    reader.told.put(asked)
    route.fulfill(**asked.said.get(timeout=LONGEST))


def _plain(answer: HttpResponseBase) -> dict[str, object]:
    headers = {name: value for name, value in answer.items() if name not in KEPT_BACK}
    return {"status": answer.status_code, "headers": headers, "body": sweep.body_of(answer)}
