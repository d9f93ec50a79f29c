"""What every act in a group does first: lock the group, and see that it still exists."""

from governance.models import Group
from hertsend import dates
from hertsend.errors import RuleBroken

ENDED = "This group has ended. Choose the group that does its work now."


def lock_group(group: Group) -> Group:
    """The group, locked until the transaction ends, so that its records are counted one by one."""
    rows = Group.objects.select_for_update(of=("self",), no_key=True).select_related("plan")
    return rows.get(pk=group.pk)


def require_open(group: Group) -> None:
    """Refuse a group that has ended. Raises ``RuleBroken``."""
    if group.ended_on is not None and group.ended_on < dates.today():
        raise RuleBroken({"group": [ENDED]})
