"""A synthetic population register with its Maskinporten, over real HTTP in a process of its own.

It shares one module with the client, the vocabulary of elements; everything else is read out of the register's public
documentation a second time, so that the two check each other. Where that says nothing, a choice was made here:

- A part outside the rights package is refused with 403, an unknown or repeated one with 400.
- The marking of address protection comes in both packages; graded addresses only with legal basis.
- Bulk without somBestilt answers in another order than asked, each number once, under the number that was asked for.
- A job counts as running until it has answered "not yet", so that at most ten can wait.
- It is stricter than the register: unknown parameters, headers, body fields and grant claims are refused.

Settings are in settings.py, what tests and benchmarks may order below /_control in control.py and faults.py.
"""
