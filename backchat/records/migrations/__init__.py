"""The history of the tables, one module per change; run by `backchat.records.migrate`."""
