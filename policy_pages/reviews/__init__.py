"""The review clock: when a policy is looked at again, what came of it, and who is told."""
