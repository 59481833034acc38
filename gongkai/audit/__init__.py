"""办理留痕: an append-only, hash-chained record of every act."""
