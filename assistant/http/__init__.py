"""What every door that speaks HTTP needs, and none of them owns."""
