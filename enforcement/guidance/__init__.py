"""What to do next and by when: help before the step, made from the same rules that judge it afterwards."""
