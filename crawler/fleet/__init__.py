"""One night on several machines: one crawl gives out parcels of accounts, workers bring their harvests."""
