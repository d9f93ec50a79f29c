"""Pages of meetings."""

from django.urls import path

from governance.views import agendas, attendance, feeds, meeting_acts, meetings

_GROUP = "plans/<slug:plan>/groups/<slug:key>/"
_MEETINGS = "plans/<slug:plan>/meetings/"
_MEETING = f"{_GROUP}meetings/<int:meeting>/"
_ITEM = f"{_MEETING}items/<int:item>/"

urlpatterns = [
    path(_MEETINGS, meetings.meeting_list, name="meeting-list"),
    path(f"{_MEETINGS}calendar/", feeds.meeting_feed, name="meeting-feed"),
    path(f"{_MEETINGS}calendar/make/", feeds.meeting_feed_make, name="meeting-feed-make"),
    path(f"{_MEETINGS}calendar/revoke/", feeds.meeting_feed_revoke, name="meeting-feed-revoke"),
    path(f"{_MEETINGS}feed/<str:token>.ics", feeds.calendar_feed, name="calendar-feed"),
    path(f"{_GROUP}meetings/plan/", meeting_acts.meeting_plan, name="meeting-plan"),
    path(f"{_GROUP}meetings/add/", meeting_acts.meeting_add, name="meeting-add"),
    path(f"{_GROUP}meetings/<int:meeting>.ics", meetings.meeting_file, name="meeting-file"),
    path(_MEETING, meetings.meeting_detail, name="meeting-detail"),
    path(f"{_MEETING}move/", meeting_acts.meeting_move, name="meeting-move"),
    path(f"{_MEETING}cancel/", meeting_acts.meeting_cancel, name="meeting-cancel"),
    path(f"{_MEETING}send/", meeting_acts.meeting_send, name="meeting-send"),
    path(f"{_MEETING}hold/", meeting_acts.meeting_hold, name="meeting-hold"),
    path(f"{_MEETING}agree/", meeting_acts.meeting_agree, name="meeting-agree"),
    path(f"{_MEETING}reopen/", meeting_acts.meeting_reopen, name="meeting-reopen"),
    path(f"{_MEETING}attendance/", attendance.attendance_note, name="attendance-note"),
    path(f"{_MEETING}interests/add/", attendance.interest_add, name="interest-add"),
    path(
        f"{_MEETING}interests/<int:pk>/withdraw/",
        attendance.interest_withdraw,
        name="interest-withdraw",
    ),
    path(f"{_MEETING}items/add/", agendas.item_add, name="item-add"),
    path(_ITEM, agendas.item_edit, name="item-edit"),
    path(f"{_ITEM}order/", agendas.item_order, name="item-order"),
    path(f"{_ITEM}withdraw/", agendas.item_withdraw, name="item-withdraw"),
    path(f"{_ITEM}minutes/", agendas.item_minutes, name="item-minutes"),
    path(f"{_ITEM}papers/add/", agendas.paper_add, name="paper-add"),
    path(f"{_MEETING}papers/<int:pk>/file/", agendas.paper_file, name="paper-file"),
    path(f"{_MEETING}papers/<int:pk>/withdraw/", agendas.paper_withdraw, name="paper-withdraw"),
]
