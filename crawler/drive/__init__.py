"""Everything between what a visit wants and one exchange: guard, budget, keys, retries."""
