"""What pages with one form share: carrying out what was typed, or showing why not with nothing lost."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict

from hertsend.accounts.forms import tell
from hertsend.errors import Conflict, RuleBroken
from hertsend.ui import typed
from plans.forms import new_submission_key

FormMaker = Callable[[QueryDict | None], Any]


class Sending:
    """A form as it was opened or sent: ``done`` once it was carried out, else ``form`` to be shown.

    ``conflict`` is there when somebody else was first; the form can then be sent again as it is, on
    what is stored now.
    """

    def __init__(
        self,
        request: HttpRequest,
        make: FormMaker,
        act: Callable[[dict[str, Any]], object],
        *,
        version_now: Callable[[], int],
    ) -> None:
        self.conflict: Conflict | None = None
        self.done = False
        is_sent = request.method == "POST"
        self.form = make(request.POST if is_sent else _came_back(request))
        if not self.form.is_valid() or not is_sent:
            return
        try:
            act(self.form.cleaned_data)
        except RuleBroken as error:
            tell(self.form, error)
        except Conflict as error:
            self.conflict = error
            self.form = _again(request, make, version_now(), error)
        else:
            self.done = True

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 409 if self.conflict else 200


def begun(version: int) -> dict[str, Any]:
    """What a form knows from its opening: the version that it shows, and its own key."""
    return {"base_version": version, "submission_key": new_submission_key()}


def _came_back(request: HttpRequest) -> QueryDict | None:
    """What was sent from this page after the session had ended; shown, and sent by hand."""
    back = typed.take_back(request)
    if back is not None:
        messages.warning(request, typed.BACK)
    return back


def _again(request: HttpRequest, make: FormMaker, version: int, error: Conflict) -> Any:
    data = request.POST.copy()
    for name, value in begun(version).items():
        data[name] = str(value)
    form = make(data)
    form.is_valid()
    form.add_error(None, error.sentence)
    return form
