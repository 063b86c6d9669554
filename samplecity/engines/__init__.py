"""The kinds of website in the city, one small module each."""
