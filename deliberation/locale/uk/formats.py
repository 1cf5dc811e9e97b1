"""Ukrainian: days of the month without a zero before them."""

DATE_FORMAT = "j E Y р."
DATETIME_FORMAT = "j E Y р., H:i"
