"""The same pages over HTTP, and the desk of those who sign in."""
