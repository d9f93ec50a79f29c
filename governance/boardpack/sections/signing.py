"""What awaits sign-off, what was signed, and what was signed before and is no more."""

from governance.boardpack.contents import TAKEN_BACK
from governance.boardpack.render import PackPage, SignOffLine
from governance.boardpack.sections import telling
from hertsend.documents.blocks import Blocks, Heading
from hertsend.documents.spans import Text, quiet, text
from hertsend.documents.wording import long_day


def signing(page: PackPage) -> Blocks:
    """Proposals that wait, milestones and whole actions signed, and signatures taken back."""
    found = (*_awaiting(page), *_signed(page), *_actions(page), *_taken_back(page))
    return (Heading("Sign-off", 1, "sign-off", may_follow=True), *found) if found else ()


def _since(page: PackPage) -> str:
    return f" since the pack of {page.compared_with}" if page.compared_with else ""


def _awaiting(page: PackPage) -> Blocks:
    if not page.awaiting:
        return ()
    return (
        Heading("Awaiting sign-off", 2, "awaiting", len(page.awaiting)),
        telling.table(
            "Proposed complete, the longest waiting first",
            (
                telling.wide("Milestone"),
                telling.narrow("Area", 15),
                telling.wide("What shows it"),
                telling.narrow("Proposed", 38),
                telling.numbers("Days", 12),
            ),
            [
                (
                    telling.milestone(line.milestone),
                    text(telling.joined(line.milestone.areas)),
                    _evidence(line),
                    text(long_day(line.sign_off.proposed_at)) + quiet(line.sign_off.proposed_by),
                    telling.number(line.sign_off.days),
                )
                for line in page.awaiting
            ],
        ),
    )


def _evidence(line: SignOffLine) -> Text:
    return text(line.sign_off.words) + quiet(line.sign_off.evidence_link)


def _signed(page: PackPage) -> Blocks:
    if not page.signed_off:
        return ()
    return (
        Heading(f"Signed off{_since(page)}", 2, "signed-off", len(page.signed_off)),
        telling.table(
            "Signed off",
            (
                telling.wide("Milestone"),
                telling.wide("What shows it"),
                telling.narrow("Signed", 38),
            ),
            [
                (
                    telling.milestone(line.milestone),
                    _evidence(line),
                    text(long_day(line.sign_off.signed_at)) + quiet(line.sign_off.signed_by),
                )
                for line in page.signed_off
            ],
        ),
    )


def _actions(page: PackPage) -> Blocks:
    signed = page.content.signed_actions
    if not signed:
        return ()
    return (
        Heading(f"Whole actions signed off{_since(page)}", 2, "signed-actions", len(signed)),
        telling.table(
            "Whole actions signed off",
            (telling.wide("Action", 1.8), telling.narrow("Area", 15), telling.narrow("Signed", 45)),
            [
                (
                    text(each.text) + quiet(each.key),
                    text(telling.joined(each.areas)),
                    text(long_day(each.signed_at))
                    + quiet(f"{each.signed_by}, {each.role.lower()}" if each.signed_by else ""),
                )
                for each in signed
            ],
        ),
    )


def _taken_back(page: PackPage) -> Blocks:
    if not page.taken_back:
        return ()
    return (
        Heading(TAKEN_BACK, 2, "taken-back", len(page.taken_back)),
        telling.table(
            TAKEN_BACK,
            (telling.wide("Milestone"), telling.narrow("Taken back", 45), telling.wide("Why")),
            [
                (
                    telling.milestone(line.milestone),
                    text(long_day(line.entry.at))
                    + quiet(f"{line.entry.by}, {line.entry.role.lower()}" if line.entry.by else ""),
                    text(line.entry.reason),
                )
                for line in page.taken_back
            ],
        ),
    )
