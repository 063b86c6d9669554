"""What people get unasked: the morning's message, reminders, letters, and how they leave."""
