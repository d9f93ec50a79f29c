"""The words of packs: their editions, how far one is, and what becomes of its e-mails."""

from django.db import models


class Edition(models.TextChoices):
    """For whom a pack is assembled; each edition holds only what its readers may see."""

    BOARD = "board", "Board"
    EXECUTIVE = "executive", "Executive"
    FAMILIES = "families", "Families"


class PackState(models.TextChoices):
    """How far one revision of a pack is; only an issued one is for all of its readers."""

    PLANNED = "planned", "Planned"
    SNAPSHOTTED = "snapshotted", "Content fixed"
    RENDERED = "rendered", "To be released"
    RELEASED = "released", "To be issued"
    ISSUED = "issued", "Issued"


class PackAct(models.TextChoices):
    """What is done with a pack; which state allows it and where it leads is a table of the policies."""

    SNAPSHOT = "snapshot", "Content read as at the cut-off"
    RENDER = "render", "Laid out"
    PREPARE = "prepare", "Foreword and order changed"
    RELEASE = "release", "Released"
    SEND_BACK = "send_back", "Returned to the office"
    ISSUE = "issue", "Issued"


class DeliveryState(models.TextChoices):
    """What became of the e-mail by which one person is told of one pack."""

    PLANNED = "planned", "Planned"
    SENDING = "sending", "Being sent"
    SENT = "sent", "Sent"
    UNKNOWN = "unknown", "Unknown: perhaps sent"
    FAILED = "failed", "Failed"
    REFUSED = "refused", "Not sent: no right to read it"
