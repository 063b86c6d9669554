"""What pages, papers and folders show, gathered as values."""
