"""`declaration`: what is declared to the insurer."""
