"""Adding a file in a real browser: with a script that spares weak links, and without any."""

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_page
from tests.browser.journey import add_file, photo, send_correction
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("files in a browser")]

LARGE = photo((4200, 3100), "JPEG")
CHOSEN = """async () => {
  const file = document.querySelector('#id_file').files[0];
  const pixels = await createImageBitmap(file);
  return [file.name, file.size, pixels.width, pixels.height];
}"""


def test_a_large_photo_is_made_smaller_before_it_is_sent(site: Site, browser: Browser) -> None:
    with open_page(browser, width="phone", locale="ar") as page:
        send_correction(page, f"{site.url}{site.articles('ar')[0]}", "العدد 1,200.")
        page.goto(f"{site.url}/ar/my-case/files/")
        page.locator("#id_file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": LARGE})
        # The strict policy keeps the browser from waiting by itself for what is no element.
        while page.evaluate(CHOSEN)[1] == len(LARGE):
            page.wait_for_timeout(100)
        name, size, width, height = page.evaluate(CHOSEN)
        page.locator("form[enctype] .btn").click()
        page.locator("ul.stack li").wait_for()
    assert (name, width, height) == ("a.jpg", 3000, 2214)
    assert size < len(LARGE) / 2


@pytest.mark.parametrize("language", ["ar", "en"])
def test_without_a_script_a_file_is_added_downloaded_and_removed(site: Site, browser: Browser, language: str) -> None:
    with open_page(browser, width="phone", locale=language, scripts=False) as page:
        send_correction(page, f"{site.url}{site.articles(language)[0]}", "It is 1,200 / العدد 1,200.")
        add_file(page, f"{site.url}/{language}/my-case/files/", "a.jpg", LARGE)
        with page.expect_download() as download:
            page.locator("ul.stack a").click()
        assert download.value.suggested_filename.endswith("-1.jpg")
        page.locator("ul.stack button").click()
        assert page.locator("ul.stack").count() == 0
