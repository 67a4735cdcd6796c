"""The model, checks and rendering behind the handbook *Prevention in Practice*."""
