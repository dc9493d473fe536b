"""The HTTP API: thin views over the features, problem+json on every error, and its own OpenAPI description."""
