// What the server can do and what is handy to know. The talk does not wait for it.
import type { Health, Help } from "./api.js";
import type { Chat } from "./chat.js";
import { Glossary } from "./markup.js";

export class Known {
  health: Health = {};
  help: Help | null = null;
  glossary = new Glossary([]);
  private asked = false;

  constructor(private readonly chat: Chat) {}

  /** Asks once; again at the next occasion when something did not come. */
  meet(): void {
    if (this.asked) return;
    this.asked = true;
    const { api, municipality, changed } = this.chat;
    const take = <T>(answer: Promise<T>, use: (value: T) => void) =>
      void answer.then((value) => { use(value); changed(); }).catch(() => { this.asked = false; });
    take(api.health(), (health) => { this.health = health; });
    take(api.help(municipality), (help) => { this.help = help; });
    take(api.terms(), (terms) => { this.glossary = new Glossary(terms); });
  }
}
