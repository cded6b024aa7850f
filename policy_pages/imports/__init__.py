"""Documents come in: brought, read, checked by a person, then a draft or nothing (S3-10 to S3-15, S4-03).

Nothing here issues or submits anything: an accepted document is a draft like any other.
"""
