"""Meta's Graph API as the city sees it: Business Discovery and Pages, with Meta's own shapes."""
