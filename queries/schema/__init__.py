"""The migrations, and what runs them."""
