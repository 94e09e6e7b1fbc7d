() => {
  // Everything on the page that could run or restyle it, but for the files it names itself.
  const alive = window.ran ? [`ran: ${window.ran}`] : [];
  const never = ["style", "iframe", "object", "embed", "img", "base", "math"];
  const leading = ["href", "src", "action", "formaction", "xlink:href", "data", "hx-get", "hx-post"];
  for (const element of document.querySelectorAll("*")) {
    if (never.includes(element.localName)) alive.push(element.outerHTML);
    if (element.localName === "script" && !element.getAttribute("src")?.startsWith("/static/"))
      alive.push(element.outerHTML);
    for (const { name, value } of element.attributes) {
      const runs = name.startsWith("on") || name === "style" || name === "srcdoc";
      const leads = leading.includes(name) && /^\W*(javascript|data|vbscript):/i.test(value);
      if (runs || leads) alive.push(`${name}=${value}`);
    }
  }
  return alive;
}
