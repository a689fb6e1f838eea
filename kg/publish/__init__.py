"""What leaves the house: the network page, exports, pushes to other stores, and the endpoint."""
