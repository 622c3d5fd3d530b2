"""What everything else may use: errors, choices, plain text, pure rules; no model."""
