"""Records as documents: a field's name with dots leads into embedded ones."""


def document(record):
    out = {}
    for name, value in record.items():
        *way, last = name.split(".")
        place = out
        for part in way:
            place = place.setdefault(part, {})
        place[last] = value
    return out
