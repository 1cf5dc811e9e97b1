"""Korean: morning and afternoon are said before the hour."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
SHORT_DATETIME_FORMAT = "Y-n-j H:i"
