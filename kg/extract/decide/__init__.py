"""Where frames and learned reader meet: one calibrated decision on each claim."""
