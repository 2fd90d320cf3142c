"""What tests are made of: each test builds only the rows it needs."""
