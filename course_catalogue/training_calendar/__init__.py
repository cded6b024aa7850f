"""The calendar of the programme year: a month at a time, so that the year may hold any number of dates (S4-11)."""
