"""Hindi: hours of the day count to 24, since its a.m. and p.m. are one word."""

DATE_FORMAT = "j F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
# 12,34,567: lakhs and crores.
NUMBER_GROUPING = (3, 2, 0)
