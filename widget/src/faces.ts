// "Heeft dit geholpen?": three faces under an answer, one press, nothing asked further.
import { html, nothing } from "lit";
import type { Face } from "./api.js";
import { picture } from "./pictograms.js";
import type { Item } from "./talk.js";
import type { MeedoenChat } from "./widget.js";
import { words } from "./words.js";

const FACES: Face[] = ["goed", "gaat_wel", "slecht"];

/** Under answers that rest on a source; small talk and the questions of a form are not judged. */
export function faces(my: MeedoenChat, item: Item): unknown {
  if (!item.reply?.source || item.face || item.index === undefined) return nothing;
  return html`<fieldset class="faces"><legend>${words.helped}</legend><div>
    ${FACES.map((face) => html`<button type="button" class="line" @click=${() => rate(my, item, face)}>${picture(face)}${words.faces[face]}</button>`)}</div></fieldset>`;
}

function rate(my: MeedoenChat, item: Item, face: Face): void {
  const { api, talk: { id, token } } = my.chat;
  const send = () => api.feedback(id, token, face, item.index!);
  send().catch(() => setTimeout(() => send().catch(() => {}), 5000));
  item.face = face;
  my.chat.status = words.thanks;
  my.chat.keep();
  my.toField();
}
