"""What "Download your information" of Instagram and Facebook gives."""
