"""The content of the demonstration newsroom. Every person, place, body and event in it is invented."""
