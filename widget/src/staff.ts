// A member of staff in the talk: waiting, taken over, gone again. Listened to only while one may speak.
import type { Human, LiveEvent, Reply } from "./api.js";
import type { Chat } from "./chat.js";
import { listen } from "./live.js";
import { words } from "./words.js";

export class Staff {
  private live: AbortController | undefined;

  constructor(private readonly chat: Chat, private readonly arrived: (first: number) => void) {}

  set(human: Human): void {
    const before = this.chat.talk.human.state;
    this.chat.talk.human = human;
    if (before === "here" && human.state !== "here") this.chat.add({ who: "note", text: words.gone });
    if (before !== "here" && human.state === "here") this.chat.add({ who: "note", text: words.here(human.name ?? "") });
    this.chat.keep();
    this.follow();
  }

  /** Begins or ends listening, as the talk asks. */
  follow(): void {
    const { id, token, human, open } = this.chat.talk;
    if (human.state === "none" || !open || !id) return this.leave();
    if (this.live) return;
    this.live = new AbortController();
    void listen(this.chat.api, id, token, () => this.chat.talk.lastEvent, this.live.signal, (event) => this.heard(event));
  }

  leave(): void {
    this.live?.abort();
    this.live = undefined;
  }

  private heard(event: LiveEvent): void {
    const { talk } = this.chat;
    if (event.id && event.id === talk.lastEvent) return;
    if (event.id) talk.lastEvent = event.id;
    if (event.event === "human") this.set(event.data as Human);
    if (event.event === "message") {
      const said = event.data as Partial<Reply> & { name?: string };
      const first = talk.keys;
      this.chat.add({ who: "staff", name: said.name ?? "", text: said.text ?? "" });
      this.arrived(first);
    }
    this.chat.keep();
  }
}
