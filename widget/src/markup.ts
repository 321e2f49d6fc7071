// Text of the assistant to nodes: paragraphs, bold, links and difficult words. Never HTML: what is not one of these is text.
import { html, nothing, type TemplateResult } from "lit";
import type { Term } from "./api.js";
import { words } from "./words.js";

const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])|([\w.+-]+@[\w-]+(?:\.[\w-]+)+)|\b((?:www\.)?(?:[a-z0-9-]+\.)+(?:nl|eu)(?:\/[^\s<>".,;:!?)]*)?)\b|((?<!\d)(?:14 ?0\d{2,3}|0[89]00[ -]?\d{4}|0\d(?:[ -]?\d){8})(?!\d))|\*\*([^*\n]+)\*\*/gi;

/** Finds difficult words by all their forms. */
export class Glossary {
  private readonly pattern: RegExp | null;
  private readonly byForm = new Map<string, Term>();

  constructor(terms: Term[]) {
    for (const term of terms) for (const form of term.forms) if (form.length > 2) this.byForm.set(form.toLowerCase(), term);
    const forms = [...this.byForm.keys()].sort((a, b) => b.length - a.length).map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    this.pattern = forms.length ? new RegExp(`(?<![\\p{L}\\d-])(?:${forms.join("|")})(?![\\p{L}\\d-])`, "giu") : null;
  }

  get(form: string): Term | undefined { return this.byForm.get(form.toLowerCase()); }

  matches(text: string): RegExpStringIterator<RegExpExecArray> | [] { return this.pattern ? text.matchAll(this.pattern) : []; }
}

const MAX_TERMS = 4;

export interface Terms { glossary: Glossary; open: string; toggle: (term: string) => void }

/** Paragraphs of a message. `terms` marks the first mention of each difficult word. */
export function paragraphs(text: string, terms: Terms | null): TemplateResult[] {
  const seen = new Set<string>();
  return text.split(/\n\s*\n/).map((paragraph) => html`<p>${lines(paragraph.trim(), terms, seen)}</p>`);
}

function lines(paragraph: string, terms: Terms | null, seen: Set<string>): unknown[] {
  return paragraph.split("\n").flatMap((line, at) => [at ? html`<br />` : nothing, ...linked(line, terms, seen)]);
}

function linked(line: string, terms: Terms | null, seen: Set<string>): unknown[] {
  const parts: unknown[] = [];
  let from = 0;
  for (const match of line.matchAll(LINK)) {
    parts.push(...explained(line.slice(from, match.index), terms, seen));
    const [whole, url, mail, site, phone, bold] = match;
    if (bold) parts.push(html`<strong>${bold}</strong>`);
    else if (mail) parts.push(html`<a href="mailto:${mail}">${mail}</a>`);
    else if (phone) parts.push(phoneLink(phone));
    else parts.push(html`<a href=${url ?? `https://${site}`} target="_blank" rel="noopener noreferrer">${whole}<span class="sr quiet"> ${words.newWindow}</span></a>`);
    from = match.index + whole.length;
  }
  return [...parts, ...explained(line.slice(from), terms, seen)];
}

export const phoneLink = (phone: string): TemplateResult => html`<a href="tel:${phone.replace(/[^\d+]/g, "")}">${phone}</a>`;

function explained(text: string, terms: Terms | null, seen: Set<string>): unknown[] {
  if (!terms) return [text];
  const parts: unknown[] = [];
  let from = 0;
  for (const match of terms.glossary.matches(text)) {
    const term = terms.glossary.get(match[0]);
    if (!term || seen.has(term.term) || seen.size >= MAX_TERMS) continue;
    seen.add(term.term);
    parts.push(
      text.slice(from, match.index),
      html`<button type="button" class="term" aria-expanded=${terms.open === term.term} @click=${() => terms.toggle(term.term)}>${match[0]}</button>`,
    );
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}
