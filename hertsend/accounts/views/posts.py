"""The posts that the plan names, and who holds them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hertsend import dates
from hertsend.accounts import access, permissions, selectors
from hertsend.accounts.forms import AT_ONCE, EndForm, PostFilterForm, PutInPostForm, posted, tell
from hertsend.accounts.models import Post, PostHolding, User
from hertsend.accounts.roles import Permission
from hertsend.accounts.services import posts
from hertsend.accounts.views.lists import active_filters, filters_of, page_of
from hertsend.errors import RuleBroken


@require_safe
def post_list(request: HttpRequest) -> HttpResponse:
    """All posts with their holders and deputies; addresses for those who may see them."""
    readable = permissions.require_reader_of_posts(request.user)
    held = access.of(request.user)
    today = dates.today()
    form = PostFilterForm(request.GET, auto_id="filter_%s")
    page = page_of(request, selectors.posts(readable, on=today, **filters_of(form)))
    here = reverse("accounts:post-list")
    context = {
        "form": form,
        "page": page,
        "lines": selectors.post_lines(
            page.object_list,
            on=today,
            contacts_in=held.partnerships_where(Permission.READ_CONTACT_DETAILS),
        ),
        "managed": bool(held.partnerships_where(Permission.MANAGE_PEOPLE)),
        "sees_deputies": bool(permissions.sees_deputies_in(request.user)),
        "counts": selectors.post_counts(readable, on=today),
        "here": here,
        "active": active_filters(form, here),
    }
    return render(request, "accounts/post_list.html", context)


@require_http_methods(["GET", "POST"])
def post_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a person in a post."""
    post = get_object_or_404(permissions.visible_to(request.user, Post), pk=pk)
    permissions.require_manager_of(request.user, post)
    candidates = permissions.people_of([post.partnership_id]).filter(is_active=True)
    form = PutInPostForm(
        posted(request), people=candidates.order_by("name", "pk"), today=dates.today()
    )
    if request.method == "POST" and form.is_valid():
        try:
            holding = _put_in_post(post, form.cleaned_data, by=request.user)
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"{holding.user.name} is noted for this post.")
            return redirect("accounts:post-list")
    context = {"post": post, "form": form, "crumbs": _crumbs(post.title)}
    return render(request, "accounts/post_fill.html", context)


def _put_in_post(post: Post, typed: dict[str, Any], *, by: User) -> PostHolding:
    return posts.put_in_post(
        post=post,
        person=typed["person"],
        is_deputy=typed["kind"] == "deputy",
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
        reason=typed["reason"],
        by=by,
    )


@require_http_methods(["GET", "POST"])
def holding_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's time in a post now, or after a last day."""
    visible = permissions.visible_to(request.user, PostHolding)
    holding = get_object_or_404(visible.select_related("post", "user"), pk=pk)
    permissions.require_manager_of(request.user, holding)
    form = EndForm(posted(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            if typed["when"] == AT_ONCE:
                posts.end_holding_now(holding=holding, reason=typed["reason"], by=request.user)
            else:
                posts.end_holding(
                    holding=holding,
                    ends_on=typed["ends_on"],
                    reason=typed["reason"],
                    by=request.user,
                )
        except RuleBroken as error:
            tell(form, error)
        else:
            messages.success(request, f"The end is noted for {holding.user.name}.")
            return redirect("accounts:post-list")
    context = {"holding": holding, "form": form, "crumbs": _crumbs("End a time in a post")}
    return render(request, "accounts/holding_end.html", context)


def _crumbs(last: str) -> list[dict[str, str]]:
    return [
        {"label": "Posts", "url": reverse("accounts:post-list")},
        {"label": last, "url": ""},
    ]
