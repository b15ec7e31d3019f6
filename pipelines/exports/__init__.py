"""How any vendor file becomes typed rows and rejects, with every row accounted for."""
