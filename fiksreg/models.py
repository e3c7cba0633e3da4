"""The tables of the wiring itself."""

from django.db import models


class Leadership(models.Model):
    """The row that says which clock process leads (fiksreg/leadership.py). It holds no time, because the database's
    clock may be changed."""

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.UUIDField()
    beat = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name} {self.beat}"
