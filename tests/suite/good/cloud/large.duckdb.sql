len(list_filter("size", lambda e: e > 100)) > 0
