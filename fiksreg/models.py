"""What the wiring itself remembers."""

from django.db import models


class Leadership(models.Model):
    """Which of several clocks works (fiksreg/leadership.py). No time stands here: the database's clock may be set."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.UUIDField()
    beat = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.beat}"
