"""What a command, a page or the scheduler wants done: values in, values out; prints nothing."""
