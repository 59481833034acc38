"""政府信息公开平台: the pages that everybody may read; they set no cookie."""
