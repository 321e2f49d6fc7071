"""What people have a right to: that data goes when its time is over, and that they can see, correct and erase it."""
