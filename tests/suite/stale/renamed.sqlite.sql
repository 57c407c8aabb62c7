"service" = 10489
