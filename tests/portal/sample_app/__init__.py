"""An app as any other, with rows for the desk, a section and something to find."""
