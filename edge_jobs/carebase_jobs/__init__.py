"""Workers and scheduled jobs that need the outside world."""
