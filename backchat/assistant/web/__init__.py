"""The web channel: the page, its API and the speaker's identity."""
