// Sound of the server, one piece after the other without gaps; knows which word sounds, and how much was heard.
import type { Mark } from "./api.js";

interface Part { at: number; reply: string; text: string; marks: Mark[] }

export class Player {
  /** Called with the word that sounds now: place of the reply, its text and the mark. */
  onword = (_reply: string, _text: string, _mark: Mark): void => {};
  onended = (): void => {};
  private readonly context = new AudioContext();
  private sources = new Set<AudioBufferSourceNode>();
  private parts: Part[] = [];
  private began = 0;
  private cursor = 0;
  private rate = 22050;
  private whole = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  get sounds(): boolean { return Boolean(this.timer); }

  begin(reply: string, text: string, rate: number): void {
    if (!this.timer) this.start();
    this.rate = rate;
    this.parts.push({ at: this.cursor, reply, text, marks: [] });
  }

  mark(marks: Mark[]): void { this.parts.at(-1)?.marks.push(...marks); }

  add(pcm: ArrayBuffer): void {
    const samples = new Int16Array(pcm);
    if (!this.timer || !samples.length) return;
    const buffer = this.context.createBuffer(1, samples.length, this.rate);
    const sound = buffer.getChannelData(0);
    for (let at = 0; at < samples.length; at++) sound[at] = samples[at]! / 32768;
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    source.onended = () => this.sources.delete(source);
    this.sources.add(source);
    this.cursor = Math.max(this.cursor, this.context.currentTime + 0.02);
    source.start(this.cursor);
    this.cursor += buffer.duration;
  }

  /** Nothing more comes. */
  end(): void { this.whole = true; }

  /** Silent now; returns how many seconds had sounded. */
  stop(): number {
    const seconds = this.timer ? Math.max(0, this.context.currentTime - this.began) : 0;
    clearInterval(this.timer);
    this.timer = undefined;
    for (const source of this.sources) { source.onended = null; source.stop(); }
    this.sources.clear();
    this.parts = [];
    return seconds;
  }

  private start(): void {
    void this.context.resume();
    this.began = this.cursor = this.context.currentTime + 0.02;
    this.whole = false;
    this.timer = setInterval(() => this.look(), 50);
  }

  private look(): void {
    const now = this.context.currentTime;
    const part = this.parts.findLast((one) => one.at <= now);
    const mark = part?.marks.findLast(([ms]) => part.at + ms / 1000 <= now);
    if (part && mark) this.onword(part.reply, part.text, mark);
    if (this.whole && now >= this.cursor) { this.stop(); this.onended(); }
  }
}
