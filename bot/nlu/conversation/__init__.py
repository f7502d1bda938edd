"""What the conversation so far adds to a message, one subject a module; `reading` brings it together."""
