"""政府信息成文: a paper as a file to take along, .docx and .pdf, in the layout of GB/T 9704."""
