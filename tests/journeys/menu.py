"""The left menu as a hand uses it."""

from playwright.sync_api import Page


def from_menu(page: Page, name: str) -> None:
    """Follow a line of the menu; the group it lies in is opened first, if it is folded."""
    line = page.get_by_role("link", name=name, exact=True, include_hidden=True)
    folded = page.locator("#menu .q-group:not([open])").filter(has=line)
    if folded.count():
        folded.locator("summary").click()
    page.locator("#menu").get_by_role("link", name=name, exact=True).click()
