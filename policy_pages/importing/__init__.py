"""A document from outside becomes numbered clauses: opening, reading, recognising, and a receipt of it all."""
