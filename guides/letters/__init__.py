"""The letter: questions, clauses and composition are plain Python; forms, views and exports are its thin edge."""
