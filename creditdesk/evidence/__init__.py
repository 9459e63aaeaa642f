"""Makes sheets of the files people attach as evidence: the same when one is attached and when it is bound."""
