"""An invented but plausible landscape for the demo: every line of it is of our own making."""
