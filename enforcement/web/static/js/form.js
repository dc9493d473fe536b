// Keeps what was typed from being lost, saves by keyboard, and adds empty places to lists.
const form = document.querySelector("form[data-guard]");

if (form) {
  let touched = false;
  form.addEventListener("input", (event) => {
    touched = true;
    grow(event.target);
  });
  form.addEventListener("submit", () => { touched = false; });
  window.addEventListener("beforeunload", (event) => { if (touched) event.preventDefault(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button.primary"));
    }
  });
}

// The last place of a list being filled makes another one.
function grow(input) {
  const row = input.closest("[data-more]");
  if (!row || input !== row.lastElementChild || !input.value) return;
  const next = input.cloneNode();
  const place = row.children.length;
  next.value = "";
  next.id = input.id.replace(/\d+$/, String(place));
  next.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, String(place + 1)));
  row.append(next);
}
