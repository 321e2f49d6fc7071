// The button that opens the chat, and the panel around everything else.
import { html, nothing, type TemplateResult } from "lit";
import { composer } from "./composer.js";
import { log } from "./log.js";
import { moreSheet } from "./more.js";
import { personSheet } from "./person.js";
import { picture } from "./pictograms.js";
import { allEasy, toggleEasy } from "./settings.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

const narrow = matchMedia("(max-width: 40em)");

export function panel(my: MeedoenChat): TemplateResult {
  const { prefs, open, human } = my.chat.talk;
  return html`<section aria-label=${words.region} class="${prefs.calm ? "calm" : ""} ${prefs.large ? "large" : ""}">
    <button type="button" class="launcher full" aria-expanded="false" aria-haspopup="dialog" ?hidden=${open} @click=${() => my.open()}>${picture("chat")}<span>${words.launcher}</span></button>
    <div class="panel" role="dialog" aria-modal=${narrow.matches ? "true" : "false"} aria-labelledby="name" aria-describedby="kind" tabindex="-1" ?hidden=${!open} @keydown=${(event: KeyboardEvent) => keydown(my, event)}>
      <header>
        <h2 id="name">${words.name}</h2>
        <button type="button" aria-expanded=${my.sheet === "more"} aria-controls="more" @click=${() => my.openSheet("more")}>${picture("menu")}<span>${words.more}</span></button>
        <button type="button" @click=${() => my.close()}>${picture("close")}<span>${words.close}</span></button>
      </header>
      <p id="kind" class="sr">${human.state === "here" ? words.with(human.name ?? "") : words.kind}</p>
      <div class="bar">
        <button type="button" class="line" aria-expanded=${my.sheet === "human"} aria-controls="human" @click=${() => my.openSheet("human")}>${picture("human")}${words.human}</button>
        <button type="button" class="line" aria-pressed=${allEasy(prefs)} @click=${() => toggleEasy(my)}>${picture("easy")}${words.easy}</button>
      </div>
      <div class="sheet" id="human" role="region" aria-label=${words.human} ?hidden=${my.sheet !== "human"}>${personSheet(my)}</div>
      <div class="sheet" id="more" role="region" aria-label=${words.more} ?hidden=${my.sheet !== "more"}>${my.sheet === "more" ? moreSheet(my) : nothing}</div>
      ${log(my)}
      <div class="alert" role="alert">${alert(my)}</div>
      <div class="now"><div class="status" role="status">${status(my)}</div>${leave(my)}</div>
      ${my.voice.bar?.view()}
      ${composer(my)}
    </div>
  </section>`;
}

function alert({ chat, road }: MeedoenChat): unknown {
  if (!chat.alert) return nothing;
  return html`<p>${chat.alert}</p>${road.pumping ? html`<button type="button" class="line" @click=${() => road.wake()}>${words.retry}</button>` : nothing}`;
}

function status(my: MeedoenChat): unknown {
  const { chat, road } = my;
  const { state, place, name } = chat.talk.human;
  const human = state === "waiting" ? `${words.waiting} ${place ? words.place(place) : ""}` : state === "here" ? words.with(name ?? "") : "";
  if (!chat.status && !human) return nothing;
  return html`${human ? html`<p>${picture("human")}<span>${human}</span></p>` : nothing}
    ${chat.status ? html`<p>${road.asking ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : nothing}<span>${chat.status}</span></p>` : nothing}`;
}

/** Back to the computer, while somebody waits for a member of staff or talks with one. */
function leave(my: MeedoenChat): unknown {
  const { state } = my.chat.talk.human;
  const title = state === "waiting" ? words.stopWaiting : words.toComputer;
  return state === "none" ? nothing : html`<button type="button" class="line" @click=${() => my.choose("/mens/stop", title)}>${title}</button>`;
}

function keydown(my: MeedoenChat, event: KeyboardEvent): void {
  if (event.key === "Escape") {
    event.stopPropagation();
    if (my.voice.bar?.escape()) return;
    if (my.sheet) my.openSheet(my.sheet);
    else void my.close();
  }
  if (event.key === "Tab" && narrow.matches) stay(my, event);
}

/** Full screen: nothing of the page can be seen, so the focus stays here. */
function stay(my: MeedoenChat, event: KeyboardEvent): void {
  const stops = [...my.renderRoot.querySelectorAll<HTMLElement>(".panel button,.panel a,.panel textarea,.panel [tabindex='0']")].filter((one) => one.checkVisibility());
  const [first, last] = [stops[0], stops.at(-1)];
  const now = my.shadowRoot?.activeElement;
  if (event.shiftKey ? now === first || now === my.$(".panel") : now === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
