"""账号: who signs in, for which unit, in which role."""
