import { el } from "./dom";

type Choice = "auto" | "light" | "dark";
const order: Choice[] = ["auto", "light", "dark"];
const listeners: (() => void)[] = [];
const media = matchMedia("(prefers-color-scheme: dark)");
let choice: Choice = "auto";

function apply(next: Choice) {
  choice = next;
  document.documentElement.dataset.theme = next === "auto" ? (media.matches ? "dark" : "light") : next;
  listeners.forEach((l) => l());
}

/** Called when colours change. */
export const onTheme = (listener: () => void) => { listeners.push(listener); };

/** A colour of the style sheet. */
export const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A button that goes through automatic, light and dark. */
export function themeButton(): HTMLElement {
  const button = el("button", { type: "button", class: "theme" });
  const label = () => { button.textContent = `Colours: ${choice}`; };
  media.addEventListener("change", () => apply(choice));
  button.addEventListener("click", () => { apply(order[(order.indexOf(choice) + 1) % order.length]); label(); });
  apply("auto");
  label();
  return button;
}
