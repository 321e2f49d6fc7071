// The sheet "Meer": how to read, keeping the talk, and beginning again.
import { html, type TemplateResult } from "lit";
import { picture } from "./pictograms.js";
import { switches } from "./settings.js";
import { download, mailAddress, print, summary } from "./summary.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

export function moreSheet(my: MeedoenChat): TemplateResult {
  const page = () => summary(my.chat.talk.items, my.known.help);
  return html`${switches(my)}
    <h3>${words.keep}</h3>
    <div class="row"><button type="button" class="line" @click=${() => download(page())}>${words.download}</button>
    <button type="button" class="line" @click=${() => print(page())}>${words.print}</button>
    <button type="button" class="line" @click=${() => { location.href = mailAddress(page()); }}>${words.mail}</button>
    ${my.sure
      ? html`<p role="note">${words.restartSure}</p><button type="button" class="full" @click=${() => my.restart()}>${words.yes}</button><button type="button" class="line" @click=${() => ensure(my, false)}>${words.no}</button>`
      : html`<button type="button" class="line restart" @click=${() => ensure(my, true)}>${picture("back")}${words.restart}</button>`}</div>`;
}

/** Asks whether the talk may go. */
function ensure(my: MeedoenChat, on: boolean): void {
  my.sure = on;
  my.requestUpdate();
  my.focusOn(on ? "#more .full" : "#more .restart");
}
