"""What may happen to the hip: one file per outcome, every study named."""
