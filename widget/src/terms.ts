// A difficult word that was pressed, explained below its message. One at a time.
import { html, nothing } from "lit";
import type { Chat } from "./chat.js";
import type { Known } from "./known.js";
import type { Terms } from "./markup.js";
import type { Item } from "./talk.js";
import { words } from "./words.js";

export class Explained {
  private key = -1;
  private name = "";

  constructor(private readonly chat: Chat, private readonly known: Known) {}

  /** How to mark the difficult words of a message. */
  terms({ key }: Item): Terms {
    return { glossary: this.known.glossary, open: this.key === key ? this.name : "", toggle: (name) => this.toggle(key, name) };
  }

  view(item: Item): unknown {
    const term = this.key === item.key && this.known.glossary.get(this.name);
    if (!term) return nothing;
    return html`<div class="explain" role="note" aria-label=${words.explain(term.term)}><p><strong>${term.term}</strong>: ${term.explanation}</p>
      ${term.example ? html`<p>${words.example} ${term.example}</p>` : nothing}</div>`;
  }

  private toggle(key: number, name: string): void {
    const same = this.key === key && this.name === name;
    [this.key, this.name] = same ? [-1, ""] : [key, name];
    this.chat.changed();
  }
}
