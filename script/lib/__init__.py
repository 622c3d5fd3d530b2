"""What the scripts are made of: standard library only, and Linux."""
