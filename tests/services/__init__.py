"""Launchers of real servers and the real browser for the tests: private, on free ports, gone at the end."""
