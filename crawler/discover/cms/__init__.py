"""One file a program that makes sites: how it is known and read, where it lists, what is no post."""
