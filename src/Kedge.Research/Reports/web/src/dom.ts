type Child = Node | string | null;

/** Makes an HTML element. */
export function el(tag: string, attributes: Record<string, string> = {}, ...children: Child[]): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** Makes an SVG element. */
export function svg(tag: string, attributes: Record<string, string | number> = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

export function section(id: string, title: string, ...children: Child[]): HTMLElement {
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), ...children);
}

export interface Cell { text: string; tone?: string; bar?: number }

/** A table that scrolls sideways on narrow screens. The first column names the row. */
export function table(caption: string, head: string[], rows: (string | Cell)[][]): HTMLElement {
  const cell = (value: string | Cell, column: number) => {
    const c = typeof value === "string" ? { text: value } : value;
    const td = column === 0 ? el("th", { scope: "row" }, c.text) : el("td", {}, c.text);
    if (c.tone) td.classList.add(c.tone);
    if (c.bar !== undefined) {
      td.classList.add("bar");
      td.style.setProperty("--share", `${Math.round(Math.min(Math.max(c.bar, 0), 1) * 1000) / 10}%`);
    }
    return td;
  };
  return el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    el("table", {},
      el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...head.map((h) => el("th", { scope: "col" }, h)))),
      el("tbody", {}, ...rows.map((r) => el("tr", {}, ...r.map(cell))))));
}
