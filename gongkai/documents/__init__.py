"""政府信息: papers, their editions, validity, and the way to publication; the noun that all rooms share."""
