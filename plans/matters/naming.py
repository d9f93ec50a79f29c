"""How a matter names its milestone, and where it leads."""

from typing import Any

from django.urls import reverse

from plans.models import Milestone


def about(milestone: Milestone) -> str:
    """The sentence that says which milestone it is."""
    return f"{milestone.key}: {milestone.text}"


def path_of(page: str, milestone: Milestone, *more: Any) -> str:
    """The address of one of the milestone's pages."""
    return reverse(f"plans:{page}", args=[milestone.plan.slug, milestone.key, *more])
