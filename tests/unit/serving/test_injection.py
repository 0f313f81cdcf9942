"""What is added to a page on its way to the browser."""

from __future__ import annotations

import pytest

from crmtool.serving.injection import Addition, added, connecting

ADDITION = Addition(version='a"1', banner="<p>Mend it</p>\n")
SCRIPT = '<script src="/-crmtool/reload.js" data-events="/-crmtool/events" data-version="a&quot;1" defer></script>\n'
POLICY = '<meta http-equiv="Content-Security-Policy" content="{}">'


def test_the_script_ends_the_head_and_the_banner_begins_the_body() -> None:
    page = '<!doctype html><html><head><title>T</title></HEAD><body class="a>b" id=c><main>M</main></body></html>'
    assert added(page, ADDITION) == (
        f"<!doctype html><html><head><title>T</title>{SCRIPT}</HEAD>"
        '<body class="a>b" id=c><p>Mend it</p>\n<main>M</main></body></html>'
    )


def test_a_page_without_head_and_body_gets_both_at_its_start() -> None:
    assert added("<h1>Bare</h1>", ADDITION) == f"{ADDITION.banner}{SCRIPT}<h1>Bare</h1>"


def test_the_policy_of_a_page_allows_the_stream_and_nothing_else_changes() -> None:
    meta = '<meta name="viewport" content="default-src">' + POLICY
    head = "<head>" + meta + "</head>"
    assert added(head.format("default-src 'none'; script-src 'self'"), ADDITION) == (
        f"{ADDITION.banner}<head>{meta}{SCRIPT}</head>".format(
            "default-src 'none'; script-src 'self'; connect-src 'self'"
        )
    )


def test_each_policy_counts_however_it_is_written() -> None:
    page = """<META content='default-src &#39;none&#39;' HTTP-EQUIV=content-security-policy>""" + POLICY.format(
        "connect-src https://a.example?b&amp;c"
    )
    assert added(page, ADDITION).endswith(
        """<META content="default-src 'none'; connect-src 'self'" HTTP-EQUIV=content-security-policy>"""
        + POLICY.format("connect-src https://a.example?b&amp;c 'self'")
    )


@pytest.mark.parametrize(
    ("policy", "wider"),
    [
        ("default-src 'none'", "default-src 'none'; connect-src 'self'"),
        ("default-src 'none';", "default-src 'none'; connect-src 'self'"),
        ("default-src 'none'; connect-src 'none'", "default-src 'none'; connect-src 'self'"),
        ("Connect-Src 'NONE'; img-src *", "img-src *; connect-src 'self'"),
        ("default-src data:", "default-src data:; connect-src data: 'self'"),
        ("connect-src 'self' data:", "connect-src 'self' data:"),
        ("default-src 'self'", "default-src 'self'"),
        ("connect-src 'none'; connect-src 'self'", "connect-src 'self'"),
        ("img-src 'none'", "img-src 'none'"),
        ("", ""),
    ],
)
def test_a_policy_is_widened_by_the_own_server_alone(policy: str, wider: str) -> None:
    assert connecting(policy) == wider
