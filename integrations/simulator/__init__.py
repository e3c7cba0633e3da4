"""A synthetic population register with its Maskinporten, over real HTTP in a process of its own.

It shares one module with the client, the vocabulary of elements; everything else is read out of the register's public
documentation a second time, so that the two check each other. Where that says nothing, a choice was made here:

- A part outside the rights package is refused with 403, an unknown or repeated one with 400.
- Graded addresses come only with legal basis.
- Bulk without somBestilt answers in another order than asked, each number once, under the number that was asked for.
- A job counts as running until it has answered "not yet", so that at most ten can wait. It belongs to the organisation
  that the register answers to: the token's consumer, at Fiks' door the one that owns the role.
- Fiks refuses a role that is unknown or not the integration's, and parts beyond it, with 403.
- Everybody there at the start came in by one event. Without legal basis the feed leaves out what is confidential, so
  its numbers have gaps. Of unknown documents in a bulk call nothing is said; a deleted one fails the whole.
- entydigsoek finds the dead too, and nobody who ceased.
- It is stricter than the register: unknown parameters, headers, body fields and grant claims are refused.

Where the sources conflict, readings.py has each way as a setting. Settings are in settings.py, what tests and
benchmarks may order below /_control in control.py and faults.py.
"""
