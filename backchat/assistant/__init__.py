"""What plugs into Rasa: components, policy, channels, stores, broker, server."""
