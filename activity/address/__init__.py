"""What addresses say: an account's canonical one, and a post's key in every source."""
