"""Tables and views: what a database holds, and what an analyst may rely on."""
