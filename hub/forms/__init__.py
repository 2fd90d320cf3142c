"""The fields of the public forms: what people type, read with patience, refused with words that help."""
