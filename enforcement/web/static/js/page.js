// Moves the focus to the list of faults, so that a screen reader begins there.
const faults = document.getElementById("faults");
if (faults) faults.focus();
