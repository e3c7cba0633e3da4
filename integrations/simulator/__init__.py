"""A synthetic population register with its Maskinporten, over real HTTP in a process of its own.

It shares one module with the client, the vocabulary of elements. Everything else is written from the register's public
documentation a second time, so that the client and the simulator check each other. Where the documentation says
nothing, these choices were made:

- A part outside the rights package is refused with 403, an unknown or repeated one with 400.
- Graded addresses are returned only with legal basis.
- Bulk without somBestilt answers in another order than asked, each number once, under the number that was asked for.
- A job counts as running until it has answered "not yet", so at most ten can wait. It belongs to the organisation that
  the register answers to: the token's consumer, or at Fiks' door the organisation that owns the role.
- Fiks refuses a role that is unknown or not the integration's, and parts outside the role, with 403.
- Everybody who is there at the start came in by one event. Without legal basis the feed leaves out confidential events,
  so its numbers have gaps. A bulk call ignores unknown documents; a deleted one fails the whole call.
- entydigsoek finds dead persons too, but nobody who has ceased.
- The simulator is stricter than the register: unknown parameters, headers, body fields and grant claims are refused.

Where the sources conflict, readings.py has each reading as a setting. Settings are in settings.py; what tests and
benchmarks may order below /_control is in control.py and faults.py.
"""
