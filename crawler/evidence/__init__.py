"""Evidence: which pages the posts of a harvest rest on, and the posts read again from them."""
