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

  const menuOf = (element) => element.closest("details.menu");
  const openMenu = () => document.querySelector("details.menu[open]");

  // A key goes to a button and leaves pressing it to Enter; a link it follows, a menu it opens.
  function reach(target) {
    if (target.dataset.opens) document.getElementById(target.dataset.opens).showModal();
    else if (target.matches("a")) target.click();
    else target.focus();
    if (target.matches("summary")) menuOf(target).open = true;
  }

  function tick(row) {
    const box = row?.querySelector("input[type=checkbox]");
    if (box) box.click();
  }

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    const inRow = event.target.closest("[data-row]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && inRow) return event.preventDefault(), move(step);
    const menu = openMenu();
    if (event.key === "Escape" && menu) {
      menu.open = false;
      return menu.querySelector("summary").focus();
    }
    if (event.key !== "?" && localStorage.getItem(off)) return;
    const choice = menu?.querySelector(`[data-digit="${CSS.escape(event.key)}"]`);
    if (choice) return event.preventDefault(), choice.click();
    if (event.key === "x" && inRow) return event.preventDefault(), tick(inRow);
    const walk = { j: 1, k: -1 }[event.key];
    if (walk) return event.preventDefault(), move(walk);
    const target = [...document.querySelectorAll("[data-key]")]
      .find((each) => each.dataset.key === event.key && each.checkVisibility());
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

  // What is ticked in a list, and the bar that decides of it.
  function count() {
    const bar = document.querySelector("[data-several]");
    if (!bar) return;
    const boxes = [...document.querySelectorAll(`input[form="${bar.id}"][type=checkbox]`)];
    const ticked = boxes.filter((each) => each.checked).length;
    const all = bar.querySelector("[data-all]");
    const label = bar.querySelector("[data-ticked]");
    label.dataset.rest ??= label.textContent;
    label.textContent = ticked ? `${ticked} ${label.dataset.ticked}` : label.dataset.rest;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    bar.classList.toggle("busy", ticked > 0);
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-all]")) {
      const bar = event.target.closest("[data-several]");
      for (const box of document.querySelectorAll(`input[form="${bar.id}"][type=checkbox]`)) {
        box.checked = event.target.checked;
      }
    }
    count();
  });
  document.addEventListener("htmx:afterSettle", count);
  addEventListener("pageshow", count);

  // The counts as they change; the list itself waits until the reader asks for it.
  function follow(element) {
    const stream = new EventSource(element.dataset.live);
    let mark = null;
    stream.addEventListener("counts", (event) => {
      const now = JSON.parse(event.data);
      for (const each of document.querySelectorAll("[data-to-review]")) each.textContent = now.to_review;
      const all = Object.values(now.states).reduce((sum, each) => sum + each, 0);
      const counts = { ...now.states, all, open: now.to_review };
      for (const each of document.querySelectorAll("[data-count]")) {
        each.textContent = counts[each.dataset.count];
      }
      const news = document.querySelector("[data-news]");
      if (news && mark !== null && mark !== now.mark) news.hidden = false;
      mark = now.mark;
    });
    addEventListener("pagehide", () => stream.close());
  }
  const live = document.querySelector("[data-live]");
  if (live) follow(live);

  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

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
