"""What changed between two frozen texts: plain functions over what ``freezing`` made, without database or request."""
