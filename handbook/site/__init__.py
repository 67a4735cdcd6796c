"""The pages that readers browse."""
