"""The picture of a plan along the calendar."""
