"""From the starter texts to pages: what to create (`plans`), creating it (`tree`, `quizzes`)."""
