"""What a reader's page weighs with style and script, whom it asks, and what its policy allows."""

import gzip
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

MOST_BYTES = 14 * 1024
WEIGHED = ("stylesheet", "script")
INLINE = """() => {
  const blocks = document.querySelectorAll('style, [style], script:not([src]):not([type="application/ld+json"])');
  const handlers = [...document.querySelectorAll('*')].filter(
    element => element.getAttributeNames().some(name => name.startsWith('on')));
  return blocks.length + handlers.length;
}"""
WANTED = """() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')]
  .map(element => element.href || element.src)"""


def burdens(page: Page, loaded: list[Response]) -> list[str]:
    """Everything about a page that a reader on a weak link, or one who is watched, should not have to bear.

    `loaded` are all answers since the page was made: what the browser kept from the pages before counts as if this page
    had been the first.
    """
    document = [response for response in loaded if response.request.resource_type == "document"][-1]
    policy = document.header_value("content-security-policy") or ""
    asked = {urlsplit(response.url).netloc for response in loaded} - {urlsplit(page.url).netloc}
    weight = _weight(page, loaded)
    return [
        *([f"weighs {sum(weight.values())} bytes: {weight}"] if sum(weight.values()) > MOST_BYTES else []),
        *(f"asks {other}" for other in sorted(asked)),
        *(["has style or script inline"] if page.evaluate(INLINE) else []),
        *(["its policy does not begin with nothing"] if "default-src 'none'" not in policy else []),
        *(f"its policy allows {word}" for word in ("unsafe", "http", "data:") if word in policy),
    ]


def _weight(page: Page, loaded: list[Response]) -> dict[str, int]:
    parts = {response.url: response for response in loaded if response.request.resource_type in WEIGHED}
    weight = {url: len(gzip.compress(parts[url].body())) for url in page.evaluate(WANTED)}
    return weight | {page.url: len(gzip.compress(page.content().encode()))}
