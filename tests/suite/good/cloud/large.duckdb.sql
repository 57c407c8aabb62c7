EXISTS (SELECT 1 FROM unnest("size") AS e(v) WHERE e.v >= 101)
