// Cards under a message: an opening, or things laid side by side.
import { html, nothing, type TemplateResult } from "lit";
import type { Card } from "./api.js";
import { picture } from "./pictograms.js";
import type { MeedoenChat } from "./widget.js";

export function cardView(my: MeedoenChat, card: Card, last: boolean): TemplateResult {
  return html`<article class="card" aria-label=${card.title}><h3>${card.title}</h3><p>${card.subtitle}</p>
    <dl>${card.lines.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
    ${card.note ? html`<p class="source">${card.note}</p>` : nothing}
    ${last ? button(my, card) : nothing}
  </article>`;
}

function button(my: MeedoenChat, { button, title }: Card): unknown {
  if (!button) return nothing;
  return html`<button type="button" class="line" @click=${() => my.choose(button.payload, `${button.title}: ${title}`)}>${my.chat.talk.prefs.pictures ? picture("search") : nothing}<span>${button.title}<span class="sr">: ${title}</span></span></button>`;
}
