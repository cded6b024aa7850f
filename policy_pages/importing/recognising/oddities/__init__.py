"""What an author has to look at. Each module looks for one sort of oddity; none changes the text."""


def oddities_of(recognised, items, source):
    return []
