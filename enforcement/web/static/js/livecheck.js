// Says the outcome of each check to screen readers, and unfolds what a link of the panel points into.
const status = document.getElementById("live-status");
const live = document.getElementById("live");

document.addEventListener("htmx:after:swap", () => {
  const summary = document.getElementById("live-summary");
  const text = summary ? summary.textContent.replace(/\s+/g, " ").trim() : "";
  if (status && status.textContent !== text) status.textContent = text;
});

function reveal(hash) {
  const field = hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
  if (!field) return;
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const input = field.matches("fieldset") ? field.querySelector("input, select, textarea") : field;
  (input || field).focus();
  field.scrollIntoView({ block: "center" });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#field-"], a[href^="#step-"]');
  if (!link) return;
  event.preventDefault();
  reveal(link.getAttribute("href"));
});

if (live) document.documentElement.classList.add("checks-itself");
