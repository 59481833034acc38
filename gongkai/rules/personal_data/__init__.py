"""个人信息: find it in text and cells and mask it before anything is published (个人信息保护法第二十五条)."""
