"""Read and understood: who is asked follows from rules, posts and versions, and is asked of the database each time."""
