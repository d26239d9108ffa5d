"""From what people type to proposed values; nothing is invented, and nothing enters unseen."""
