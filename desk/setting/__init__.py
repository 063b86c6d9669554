"""What a city sets: environment, file, tokens, recipients, rubrics."""
