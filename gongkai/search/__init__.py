"""全文检索: an index over every public record, kept in step with the database by a sequence of changes."""
