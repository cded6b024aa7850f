"""What a review ends in, beside a new version: re-affirmed, more time, withdrawn."""
