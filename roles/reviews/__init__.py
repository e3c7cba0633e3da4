"""The report of who has access to what in an organisation, and the access reviews in which reviewers check it."""
