"""The parts of the network page: what is drawn, where it stands, and the shell, style and script around it."""
