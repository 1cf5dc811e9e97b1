"""Chinese: digits in threes, as on the figures that people read every day."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
