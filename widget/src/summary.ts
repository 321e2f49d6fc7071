// One page of the talk: to keep, to print, to mail. Made in the browser; nothing is sent anywhere.
import type { Help } from "./api.js";
import { around } from "./cards.js";
import type { Item } from "./talk.js";
import { words } from "./words.js";

export type Line = { kind: "title" | "small" | "label" | "text"; text: string };

const LAST = 12;

export function summary(items: Item[], help: Help | null): Line[] {
  const day = new Date().toLocaleDateString("nl-NL", { day: "numeric", month: "long", year: "numeric" });
  const page: Line[] = [{ kind: "title", text: words.summaryTitle }, { kind: "small", text: words.summaryDate(day) }];
  for (const item of items.slice(-LAST)) {
    const label = item.who === "you" ? words.summaryYou : item.who === "bot" ? words.summaryBot : item.who === "staff" ? words.staff : "";
    if (!label || !item.text) continue;
    const { reply } = item;
    const [before, after] = reply ? around(reply) : [item.text, ""];
    const cards = (reply?.cards ?? []).map((card) => [card.title, card.subtitle, ...card.lines.map(([name, value]) => `${name}: ${value}`)].join("\n"));
    page.push({ kind: "label", text: label }, ...[before, ...cards, after].filter(Boolean).map((text): Line => ({ kind: "text", text })));
  }
  const call = help && /\d/.test(help.phone) ? words.summaryCall(help.name, help.phone) : words.summaryNoCall;
  const next = items.at(-1)?.reply?.buttons.map((button) => `- ${button.title}`) ?? [];
  return [...page, { kind: "label", text: words.summaryNext }, { kind: "text", text: [...next, call].join("\n") }];
}

export const asText = (page: Line[]): string =>
  page.map((line) => (line.kind === "label" ? `\n${line.text}:` : line.text)).join("\n") + "\n";

export function download(page: Line[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", asText(page)], { type: "text/plain;charset=utf-8" }));
  link.download = words.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Prints from a window of its own, so that the page around the widget is not printed with it. */
export function print(page: Line[]): void {
  const sheet = window.open("", "_blank", "width=700,height=900");
  if (!sheet) return download(page);
  const { document: paper } = sheet;
  paper.documentElement.lang = "nl";
  paper.title = words.summaryTitle;
  const tag = { title: "h1", small: "p", label: "h2", text: "p" };
  for (const line of page) {
    const element = paper.createElement(tag[line.kind]);
    element.textContent = line.text;
    Object.assign(element.style, { font: line.kind === "title" ? "bold 22pt sans-serif" : line.kind === "label" ? "bold 13pt sans-serif" : "13pt/1.5 sans-serif", whiteSpace: "pre-line", margin: "0 0 6pt" });
    paper.body.append(element);
  }
  sheet.focus();
  setTimeout(() => sheet.print(), 100);
}

export const mailAddress = (page: Line[]): string =>
  `mailto:?subject=${encodeURIComponent(words.summaryTitle)}&body=${encodeURIComponent(asText(page).slice(0, 1800))}`;
