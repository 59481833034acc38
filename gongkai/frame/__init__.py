"""页面框架: the frames, forms, lists, imports and letters that every room shares."""
