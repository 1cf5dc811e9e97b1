"""The votes themselves: read, put in their one order, and counted, block by block."""
