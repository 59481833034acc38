"""演示用结构化内容的编写: one function for each kind of structured paper."""
