"""The policies of the demo, in words of its own. They instruct nobody: the trust is invented."""
