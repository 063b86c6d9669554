"""The machine's own Chromium: how it is started, and what one page of it may ask."""
