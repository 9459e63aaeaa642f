"""What ships as data: TOML read into frozen values."""
