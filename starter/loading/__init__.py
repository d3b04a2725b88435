"""From the starter texts to pages: what to create (`plans`), and creating it (`tree`, `quizzes`)."""
