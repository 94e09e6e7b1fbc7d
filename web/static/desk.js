// The keyboard, and what lights up together. Every page works without this file.
"use strict";

(() => {
  const off = "claim-tracker.single-keys-off";
  const typing = (element) => element.closest("input:not([type=radio], [type=checkbox]), textarea, select");
  const rows = () => [...document.querySelectorAll("[data-row]")];
  const linkOf = (row) => row.querySelector("a[href]");

  function move(step) {
    const all = rows();
    const here = all.indexOf(document.activeElement.closest("[data-row]"));
    const row = all[here < 0 && step < 0 ? all.length - 1 : here + step];
    if (!row) return;
    linkOf(row).focus();
    row.scrollIntoView({ block: "nearest" });
  }

  // A key goes to a button and leaves pressing it to Enter; a link it follows.
  function reach(target) {
    if (target.dataset.opens) document.getElementById(target.dataset.opens).showModal();
    else if (target.matches("a")) target.click();
    else target.focus();
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const inRow = event.target.closest("[data-row]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && inRow) return event.preventDefault(), move(step);
    if (event.key !== "?" && localStorage.getItem(off)) return;
    const walk = { j: 1, k: -1 }[event.key];
    if (walk) return event.preventDefault(), move(walk);
    const target = event.key === "/"
      ? document.querySelector(".filter input:checked, .filter select")
      : [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (target) { event.preventDefault(); reach(target); }
  }

  function light(event, on) {
    const ids = event.target.closest("[data-claim]")?.dataset.claim
      ?? event.target.closest("[data-claims]")?.dataset.claims;
    if (!ids) return;
    for (const id of ids.split(" ")) {
      for (const each of document.querySelectorAll(`[data-claims~="${id}"], [data-claim="${id}"]`)) {
        each.classList.toggle("lit", on);
      }
    }
  }

  document.addEventListener("keydown", press);
  for (const name of ["mouseover", "focusin"]) document.addEventListener(name, (e) => light(e, true));
  for (const name of ["mouseout", "focusout"]) document.addEventListener(name, (e) => light(e, false));

  for (const button of document.querySelectorAll("[data-opens]")) {
    button.hidden = false;
    button.addEventListener("click", () => reach(button));
  }
  const choice = document.querySelector("[data-single-keys]");
  choice.checked = !localStorage.getItem(off);
  choice.addEventListener("change", () => {
    if (choice.checked) localStorage.removeItem(off);
    else localStorage.setItem(off, "1");
  });
})();
