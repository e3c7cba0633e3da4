"""An organisation's own templates for lists: how are they kept, and who is offered them?"""
