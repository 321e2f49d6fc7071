// A member of staff in the talk: waiting, taken over, gone again. Listened to only while one may speak.
import type { Human, HumanChange, LiveEvent, Reply } from "./api.js";
import type { Chat } from "./chat.js";
import { listen } from "./live.js";
import { words } from "./words.js";

export class Staff {
  private live: AbortController | undefined;

  constructor(private readonly chat: Chat, private readonly arrived: (first: number) => void) {}

  /** Takes over what an answer says of who has the talk. That it is over, the events say as well, with the last words. */
  set({ state, name, place }: Human): void {
    const human = { state, name, place };
    const before = this.chat.talk.human.state;
    this.chat.talk.human = human;
    if (before === "here" && state === "none") this.chat.add({ who: "note", text: words.gone });
    if (before !== "here" && state === "here") this.chat.add({ who: "note", text: words.here(name ?? "") });
    this.chat.keep();
    this.follow();
  }

  /** Begins or ends listening, as the talk asks. */
  follow(): void {
    const { id, token, human, open } = this.chat.talk;
    if (!open) return this.leave();
    if (human.state === "none" || !id || this.live) return;
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
    if (event.event === "human") {
      const { messages, ...human } = event.data as HumanChange;
      this.set(human);
      const first = talk.keys;
      for (const reply of messages ?? []) this.chat.add({ who: "bot", text: reply.text, reply });
      if (talk.keys > first) this.arrived(first);
      if (human.state === "none") this.leave();
    }
    if (event.event === "message") {
      const said = event.data as Partial<Reply> & { name?: string };
      const first = talk.keys;
      this.chat.add({ who: "staff", name: said.name ?? "", text: said.text ?? "" });
      this.arrived(first);
    }
    this.chat.keep();
  }
}
