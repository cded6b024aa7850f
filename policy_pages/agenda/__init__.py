"""What policies bring to the agenda of a body that decides in meetings."""
