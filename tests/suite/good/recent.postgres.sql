"user_username" IN ('alice@example.com', 'bob@example.com') AND "date" >= 1793401200000
