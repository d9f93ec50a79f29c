"""The shapes of what is typed on the pages of governance; the rules are its policies'."""

from governance.forms.months import MonthForm, as_parameter, from_parameter

__all__ = ["MonthForm", "as_parameter", "from_parameter"]
