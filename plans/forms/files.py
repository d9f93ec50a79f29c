"""A form with one file, which is not chosen again when the page comes back for another reason."""

from hertsend.errors import RuleBroken
from hertsend.files import store, tickets
from hertsend.ui.forms import GovukForm

FILE_HELP = "PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG, text or CSV, up to 20 MB."


class FileForm(GovukForm):
    """Base of forms with the fields ``file`` and ``ticket`` (hidden), which the form itself declares."""

    received: store.ReceivedFile | None = None

    def take_file(self, *, holder: int) -> None:
        """Put a chosen file in its place, and note it in the form, so that it is not chosen again.

        Called after the form was cleaned. Whatever else is wrong, a file that was taken once comes
        back with the page.
        """
        self.received = tickets.received_by(
            str(self.data.get(self.add_prefix("ticket"), "")), holder=holder
        )
        handed = self.files.get(self.add_prefix("file"))
        if handed is not None:
            self.received = None
            try:
                self.received = store.receive(handed)
            except RuleBroken as error:
                self.add_error("file", error.errors["file"])
        self.data = self.data.copy()
        self.data[self.add_prefix("ticket")] = (
            tickets.ticket_for(self.received, holder=holder) if self.received else ""
        )
