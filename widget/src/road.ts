// The road of a message: it waits in the talk, is sent, and is answered once. Without a connection it keeps trying.
import { Problem, type Human, type Said } from "./api.js";
import type { Chat } from "./chat.js";
import { messageId, type Item, type Talk } from "./talk.js";
import { words } from "./words.js";

/** What happens to others along the road. */
export interface Along {
  isHere(): boolean;
  passed(): void;
  arrived(first: number): void;
  human(human: Human): void;
  giveBack(text: string): void;
}

export class Road {
  asking = false;
  pumping = false;
  /** Ends the pause before the next try. */
  wake = (): void => {};
  private slow: ReturnType<typeof setTimeout>[] = [];

  constructor(private readonly chat: Chat, private readonly along: Along) {}

  say(text: string, shown = text): void {
    this.put(text, shown);
    void this.pump();
  }

  /** Sends what waits, in order, one at a time, each under its own id until the server has answered it. */
  async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    let tries = 0;
    while (this.along.isHere()) {
      const talk = this.chat.talk;
      const next = talk.items.find((item) => item.state);
      if (talk.id ? !next : !talk.open) break;
      this.ask(true);
      try {
        if (!talk.id) await this.begin(talk);
        else if (next) await this.deliver(talk, next);
        tries = 0;
        this.chat.alert = "";
        this.along.passed();
      } catch (error) {
        if (talk !== this.chat.talk) continue;
        if (error instanceof Problem && !error.passes) {
          if (this.refuse(error, next)) continue;
          break;
        }
        if (++tries > 1) this.complain(error, next);
        this.ask(false);
        this.chat.keep();
        await this.pause(Math.min(500 * 2 ** tries, 15_000));
      }
    }
    this.ask(false);
    this.pumping = false;
    this.chat.changed();
  }

  private put(text: string, shown: string): void {
    this.chat.add({ who: "you", text: shown.trim(), send: text.trim(), id: messageId(), state: "sending" });
  }

  private async begin(talk: Talk): Promise<void> {
    const started = await this.chat.api.start(this.chat.municipality, this.chat.role);
    if (talk !== this.chat.talk) return;
    // What stood here was said in a talk that the server no longer knows: its numbers mean nothing in this one.
    for (const item of talk.items) item.index = undefined;
    Object.assign(talk, { id: started.id, token: started.token, count: 0, lastEvent: "" });
    this.receive(started);
    if (talk.prefs.words) this.put(words.easyAsk, words.easyAskShown);
  }

  private async deliver(talk: Talk, item: Item): Promise<void> {
    const said = await this.chat.api.say(talk.id, talk.token, item.send!, item.id!);
    if (talk !== this.chat.talk) return;
    item.state = undefined;
    this.receive(said);
  }

  /** Shows what came in, whichever way it came. */
  receive(said: Said): void {
    const { chat } = this;
    const first = chat.talk.keys;
    for (const reply of said.messages) chat.add({ who: "bot", text: reply.text, reply, index: chat.talk.count++ });
    if (said.human) this.along.human(said.human);
    chat.keep();
    this.along.arrived(first);
  }

  /** The server will never take this: say why, and give the words back. A talk it no longer knows begins anew, once. */
  private refuse(problem: Problem, item: Item | undefined): boolean {
    const { chat } = this;
    const others = chat.talk.items.filter((one) => one !== item);
    if ([401, 404].includes(problem.status) && chat.talk.id && item && !item.moved) {
      Object.assign(chat.talk, { id: "", token: "", human: { state: "none" }, items: others });
      chat.add({ who: "note", text: words.newTalk });
      chat.add({ ...item, moved: true });
      return true;
    }
    chat.alert = problem.message || words.offlineStart;
    chat.talk.items = others;
    if (item) this.along.giveBack(item.text);
    chat.keep();
    return Boolean(chat.talk.id);
  }

  private complain(error: unknown, item: Item | undefined): void {
    if (item) item.state = "failed";
    this.chat.alert = (error instanceof Problem && error.message) || (item ? words.offline : words.offlineStart);
  }

  private pause(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.wake = () => { clearTimeout(timer); done(); };
    });
  }

  /** Says that an answer is being looked for, when that takes longer than a moment. */
  private ask(on: boolean): void {
    if (on === this.asking) return;
    const { chat } = this;
    this.asking = on;
    this.slow.forEach(clearTimeout);
    if (!on) chat.status = chat.status === words.online ? chat.status : "";
    const later = (ms: number, text: string) => setTimeout(() => { chat.status = text; chat.changed(); }, ms);
    this.slow = on && chat.talk.human.state !== "here" ? [later(500, chat.talk.id ? words.busy : words.starting), later(8000, words.busyLong)] : [];
    chat.changed();
  }
}
