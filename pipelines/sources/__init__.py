"""One module a vendor: its exports declared as data."""
