"""版本比较: what changed between two texts, paragraph by paragraph and sign by sign. Pure: no Django."""
