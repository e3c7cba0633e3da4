"""Ta i bruk: what an organisation must have in order before it may ask the register, and whether its set-up works."""
