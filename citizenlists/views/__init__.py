"""The pages of citizen lists. Each view declares a permission, reads a form or an order, makes one service call and
renders a page."""
