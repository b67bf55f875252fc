"""What every HTTP answer has in common: API, fields, strict JSON, problems, protection."""
