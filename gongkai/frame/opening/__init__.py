"""打开文件: what strangers send is opened with care here: bounds, encodings, packed files, PDF. No Django."""
