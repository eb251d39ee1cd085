from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: TID251 - what the backend is given
from django.test import Client
from pytest_django import Settings

from newsroom.config import mailbox

ADDRESSES = ["/mailbox/", "/mailbox/{name}/", "/mailbox/{name}/html/"]


@pytest.fixture
def demonstration(settings: Settings, tmp_path: Path) -> Settings:
    settings.DEMO = True
    settings.MAILBOX_DIR = tmp_path / "mailbox"
    settings.ROOT_URLCONF = "tests.newsroom.config.urls_of_the_demonstration"
    return settings


def send(subject: str = "وصلت ملاحظة", plain: str = "تحية طيبة،", html: str = "<p>تحية طيبة،</p>") -> str:
    """Sends a mail through the backend; returns its name."""
    message = EmailMultiAlternatives(subject, plain, "desk@example.org", ["reader@example.com"])
    if html:
        message.attach_alternative(html, "text/html")
    assert get_connection("newsroom.config.mailbox.MailboxBackend").send_messages([message]) == 1
    return mailbox.mails()[0].name


def test_a_mail_is_kept_as_a_file_for_its_owner_alone(demonstration: Settings) -> None:
    send()
    [file] = demonstration.MAILBOX_DIR.iterdir()
    assert (file.suffix, oct(file.stat().st_mode & 0o777)) == (".eml", "0o600")
    [mail] = mailbox.mails()
    assert (mail.recipients, mail.subject) == ("reader@example.com", "وصلت ملاحظة")
    assert (mail.plain.strip(), mail.html.strip()) == ("تحية طيبة،", "<p>تحية طيبة،</p>")


def test_the_newest_mail_stands_first(demonstration: Settings, client: Client) -> None:
    subjects = ["the newer of two", "the older of two"]
    for subject in reversed(subjects):
        send(subject)
    page = client.get("/mailbox/").content.decode()
    assert [mail.subject for mail in mailbox.mails()] == subjects
    assert page.index(subjects[0]) < page.index(subjects[1])


def test_an_empty_mailbox_says_so(demonstration: Settings, client: Client) -> None:
    response = client.get("/mailbox/", headers={"Accept-Language": "en"})
    assert "No mail yet." in response.content.decode()


def test_a_mail_is_shown_with_its_links_and_never_as_html(demonstration: Settings, client: Client) -> None:
    name = send("<b>سؤال</b>", "<script>alert(1)</script>\nhttp://127.0.0.1:8000/ar/case/", html="")
    page = client.get(f"/mailbox/{name}/").content.decode()
    assert "<script>" not in page
    assert "&lt;b&gt;سؤال&lt;/b&gt;" in page
    assert '<a href="http://127.0.0.1:8000/ar/case/"' in page


def test_the_html_of_a_mail_may_carry_styles_and_nothing_else(demonstration: Settings, client: Client) -> None:
    response = client.get(f"/mailbox/{send()}/html/")
    assert response.content.decode().strip() == "<p>تحية طيبة،</p>"
    assert response["Content-Security-Policy"] == "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'"


@pytest.mark.parametrize("name", ["absent", "00000000000000000000-00000000", "..%2Fsecrets", "00000000000000000000"])
def test_a_name_that_is_no_mail_is_not_found(demonstration: Settings, client: Client, name: str) -> None:
    send()
    assert client.get(f"/mailbox/{name}/").status_code == 404


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "request_from",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": "10.0.0.1"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_nobody_elsewhere_sees_the_mailbox(
    demonstration: Settings, client: Client, address: str, request_from: dict[str, str]
) -> None:
    path = address.format(name=send())
    assert client.get(path).status_code == 200
    assert client.get(path, **request_from).status_code == 404  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ADDRESSES)
def test_outside_the_demonstration_there_is_no_mailbox(demonstration: Settings, client: Client, address: str) -> None:
    path = address.format(name=send())
    demonstration.DEMO = False
    assert client.get(path).status_code == 404


def test_a_real_site_has_no_address_for_it(client: Client) -> None:
    assert client.get("/mailbox/").status_code == 404


def test_the_mailbox_is_only_looked_at(demonstration: Settings, client: Client) -> None:
    assert client.post("/mailbox/").status_code == 405
