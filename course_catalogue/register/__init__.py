"""Who came: marks day by day, closing, certificates, the file for the learning platform, rates."""
