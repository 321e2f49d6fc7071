"""Dutch entities: lists, patterns and normal forms as in section 17 of the catalogue of questions."""
