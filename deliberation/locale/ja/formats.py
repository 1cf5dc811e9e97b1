"""Japanese: a space parts the day from the hour."""

DATETIME_FORMAT = "Y年n月j日 G:i"
