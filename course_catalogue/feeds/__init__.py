"""Dates of training for calendar programmes: feeds by address, and files that leave with a mail."""
