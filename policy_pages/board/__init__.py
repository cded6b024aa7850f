"""What the board asks for: what is in date, what comes up for review, reports, audits and reviews by bodies."""
