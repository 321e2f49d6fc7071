// Reading messages aloud, one at a time. Which voice it is, is for `aloud` to find out.
import { Aloud, localVoice, type Sound } from "./aloud.js";
import type { Mark } from "./api.js";
import type { Chat } from "./chat.js";
import type { Known } from "./known.js";
import type { Item } from "./talk.js";
import { words } from "./words.js";

const RATES = [0.7, 0.8, 0.9, 1, 1.2, 1.5];

export class Reader {
  /** Key of the message that sounds now. */
  reading = -1;
  private turn = 0;
  private readonly aloud = new Aloud();

  /** `body` gives the text of a message on the screen, once it is there. */
  constructor(private readonly chat: Chat, private readonly known: Known, private readonly body: (key: number) => Promise<Element | null>) {
    this.aloud.onchange = chat.changed;
  }

  /** Whether anything can be read here. */
  get works(): boolean { return Boolean(this.known.health.voice?.speak || localVoice()); }

  can(item: Item): boolean { return item.who !== "you" && Boolean(this.sound(item) || localVoice()); }

  /** True when it was read to its end, false when something else came in between. */
  async read(item: Item): Promise<boolean> {
    const turn = ++this.turn;
    const body = await this.body(item.key);
    if (!body || !this.can(item)) return false;
    const done = this.aloud.read(body, this.chat.talk.rate, this.sound(item));
    this.reading = item.key;
    this.chat.changed();
    await done;
    if (turn !== this.turn) return false;
    this.reading = -1;
    this.chat.changed();
    return true;
  }

  /** Reads what came in, from this message on, when the person wants new text read. */
  async readNew(first: number): Promise<void> {
    const { prefs, items } = this.chat.talk;
    if (!prefs.read) return;
    for (const item of items.filter((one) => one.key >= first && one.who !== "you")) if (!(await this.read(item))) return;
  }

  silence(): void {
    this.turn++;
    this.reading = -1;
    this.aloud.stop();
  }

  /** Marks a word of a message whose sound comes another way. */
  async mark(key: number, spoken: string, mark: Mark): Promise<void> {
    const body = await this.body(key);
    if (body) this.aloud.show(body, spoken, mark);
  }

  unmark(): void { this.aloud.unmark(); }

  pace(item: Item, step: number): void {
    const { chat } = this;
    const at = RATES.indexOf(chat.talk.rate) + step;
    chat.talk.rate = RATES[Math.max(0, Math.min(RATES.length - 1, at))]!;
    chat.status = words.speed(chat.talk.rate);
    chat.keep();
    void this.read(item);
  }

  /** The server reads only what the assistant itself said in this talk. */
  private sound(item: Item): Sound | null {
    const { api, talk: { id, token } } = this.chat;
    const { index } = item;
    const text = item.reply?.spoken ?? item.text;
    return this.known.health.voice?.speak && index !== undefined ? { text, fetch: (rate) => api.speech(id, token, index, rate) } : null;
  }
}
