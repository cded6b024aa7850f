"""Screenings of a draft (equality, privacy and what an organisation adds) and what a type of document requires.

``gates`` says what still stands open, ``services`` record, ``defaults`` are the kinds that come with the software.
"""
