"""What administrators keep: people and roles, organisations, who may sign, second factors."""
