"""French dates and numbers; groups of digits are parted by a fine no-break space."""

DATE_FORMAT = "j F Y"
YEAR_MONTH_FORMAT = "F Y"
THOUSAND_SEPARATOR = "\u202f"
DECIMAL_SEPARATOR = ","
NUMBER_GROUPING = 3
