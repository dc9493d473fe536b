"""Files in and out: reading cases from JSON, CSV and XLSX, checking them, and reporting the outcomes."""
