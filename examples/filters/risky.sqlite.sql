"ip_category" = 3 AND ("location_country" = 'DE') IS NOT 1 AND "date" >= 1792929600000
