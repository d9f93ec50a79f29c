"""What is done on a page before it is looked at."""

from playwright.sync_api import Page

from hertsend.pages.demonstration.people import PASSWORD


def follow(page: Page) -> None:
    """Go where the address leads on: one that holds a secret is left at once."""
    page.wait_for_url("**/*-set-password/")


def send(page: Page) -> None:
    """Press the button of the page's form as it stands."""
    page.locator("main form[method=post] button[type=submit]").first.click()


def send_emptied(page: Page) -> None:
    """Empty every box and press the button."""
    for box in page.locator("main form[method=post] input[type=text], input[type=email]").all():
        box.fill("")
    send(page)


def choose_nothing(page: Page) -> None:
    """Go on without choosing a role."""
    page.locator("main form[method=get] button[type=submit]").first.click()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Fill the sign-in form and send it."""
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_in_carefully(page: Page) -> None:
    """Sign in as the person with a second factor, up to its page."""
    sign_in(page, "careful@hertsend.invalid")


def mistype_the_code(page: Page) -> None:
    """Sign in as the person with a second factor, and give a wrong code."""
    sign_in_carefully(page)
    page.locator("main form input[type=text]").first.fill("000000")
    send(page)


def dispute_without_a_word(page: Page) -> None:
    """Say that a reading is wrong, and not why."""
    page.get_by_role("button", name="Say that it is wrong").click()


def send_too_long(page: Page) -> None:
    """Give a reason that is longer than a reason may be."""
    page.get_by_label("Reason").fill("long " * 101)
    send(page)


def mistype_a_date(page: Page) -> None:
    """Save a row of a return with half a date, the script out of the way."""
    with page.expect_navigation():
        page.locator("[data-save-row]").first.evaluate(
            """form => { form.elements.forecast_on_day.value = "31";
                          form.elements.forecast_on_month.value = "2";
                          form.elements.forecast_on_year.value = "";
                          form.submit(); }"""
        )


def submit_too_early(page: Page) -> None:
    """Submit a return of which rows are still to be written."""
    page.get_by_role("button", name="Check and submit").click()
    page.wait_for_url("**/submit/")
