"""One website's visit: what is asked, what is found, what is remembered."""
