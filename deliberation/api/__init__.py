"""Floor 4: JSON over HTTP. The same queries as the pages, nothing else."""
