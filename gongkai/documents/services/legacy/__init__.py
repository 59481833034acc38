"""数据迁移: papers of an older site come in by a manifest, once and only once, and leave by one too."""
