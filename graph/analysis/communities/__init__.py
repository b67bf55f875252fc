"""Who works closely together: detection, agreement with categories and areas, participation."""
