// The talk as it is now and what is said below it. Whatever changes here, the screen follows.
import { Api } from "./api.js";
import { load, newTalk, save, type Item, type Talk } from "./talk.js";

export class Chat {
  api = new Api("/");
  talk: Talk = newTalk();
  municipality: string | null = null;
  role: string | null = null;
  /** What is wrong now, and below it what goes on now; empty when there is nothing to say. */
  alert = "";
  status = "";
  private store = "";

  constructor(readonly changed: () => void) {}

  /** Goes on with what this tab kept for this server, municipality and role. */
  load({ server = "/", municipality, role }: DOMStringMap): void {
    this.api = new Api(server);
    this.municipality = municipality ?? null;
    this.role = role ?? null;
    this.store = `meedoen ${server} ${municipality ?? ""} ${role ?? ""}`;
    this.talk = load(this.store);
  }

  keep(): void {
    save(this.store, this.talk);
    this.changed();
  }

  add(item: Omit<Item, "key">): void {
    this.talk.items = [...this.talk.items, { ...item, key: this.talk.keys++ }];
    this.keep();
  }

  /** Leaves the talk for a new one that is read in the same way. */
  renew(): void {
    const { prefs, rate } = this.talk;
    this.talk = { ...newTalk(), prefs, rate, open: true };
    this.alert = "";
  }
}
