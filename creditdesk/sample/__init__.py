"""The sample desk: three invented clients, written by the program itself."""
