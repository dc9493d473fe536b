"""Between a case and its pages: reading a form into facts, facts into fields, outcomes into what a page shows."""
