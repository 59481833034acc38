"""政府信息的表单: what officers, reviewers and the office type."""
