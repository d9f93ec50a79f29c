"""The fixed words of governance."""

from django.db import models


class Edition(models.TextChoices):
    """For whom a pack is assembled; each edition holds only what its readers may see."""

    BOARD = "board", "Board"
