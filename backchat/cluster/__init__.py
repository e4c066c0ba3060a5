"""The topology of several machines as processes of one: to try it out, and to test it.

PostgreSQL, Redis and the proxy come from wheels of the development environment.
"""
