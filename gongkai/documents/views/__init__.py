"""政府信息的页面: staff write, review, publish and keep papers; the public reads them."""
