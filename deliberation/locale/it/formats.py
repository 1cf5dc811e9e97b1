"""Italian: no zero before the day of the month, and no day of the week."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
