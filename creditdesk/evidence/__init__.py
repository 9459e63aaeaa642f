"""Opens the files people attach as evidence and makes sheets of them: the same when one is attached and when it is bound."""
