// What is kept of a talk: in sessionStorage of this tab only, so a reload keeps it and closing the tab forgets it.
import type { Face, Human, Reply } from "./api.js";

export interface Item {
  key: number;
  who: "you" | "bot" | "staff" | "note";
  text: string;
  reply?: Reply;
  /** Of one's own message: what is sent, under which id, and how far it is. */
  send?: string;
  id?: string;
  state?: "sending" | "failed";
  /** Sent again in a new talk, because the server no longer knew the old one. */
  moved?: boolean;
  /** Place among the messages of the assistant, as the server counts them. */
  index?: number;
  face?: Face;
  name?: string;
}
export interface Prefs { words: boolean; large: boolean; calm: boolean; pictures: boolean; read: boolean }
export interface Talk {
  id: string;
  token: string;
  items: Item[];
  count: number;
  keys: number;
  open: boolean;
  prefs: Prefs;
  rate: number;
  human: Human;
  lastEvent: string;
}

export const plain = (): Prefs => ({ words: false, large: false, calm: false, pictures: false, read: false });
export const newTalk = (): Talk => ({
  id: "", token: "", items: [], count: 0, keys: 0, open: false, prefs: plain(), rate: 1, human: { state: "none" }, lastEvent: "",
});

const MAX_ITEMS = 200;

export function load(name: string): Talk {
  try {
    return { ...newTalk(), ...JSON.parse(sessionStorage.getItem(name) ?? "{}") };
  } catch {
    return newTalk();
  }
}

export function save(name: string, talk: Talk): void {
  try {
    sessionStorage.setItem(name, JSON.stringify({ ...talk, items: talk.items.slice(-MAX_ITEMS) }));
  } catch { /* storage is full or forbidden: the talk then lasts as long as the page */ }
}

export function messageId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
