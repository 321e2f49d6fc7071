"""Validate, train, measure: a model and its manifest."""
