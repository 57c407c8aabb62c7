"ip_category" = 4
