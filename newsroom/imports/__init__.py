"""Articles from elsewhere, one module per format."""
