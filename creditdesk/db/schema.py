"""The schema step this program writes and reads."""

HEAD = "0041"
