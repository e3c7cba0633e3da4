"""The pages that belong to no other application: the front page, help, accessibility, about pages and error pages."""
