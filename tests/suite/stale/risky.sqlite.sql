"ip_category" = 3
