"""How things look: Textual widgets and rows that know core values, no service and no screen."""
