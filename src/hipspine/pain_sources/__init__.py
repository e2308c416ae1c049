"""Which structures hurt: priors, noisy-OR, exact posterior, reasons, red flags."""
