// The chat API as the gateway documents it in /openapi.json, and nothing else.
export interface Button { title: string; payload: string }
export interface Card { title: string; subtitle: string; lines: [string, string][]; note: string; button: Button | null }
export interface Reply { text: string; spoken: string; buttons: Button[]; cards: Card[]; answer: string | null; source: string }
export interface Human { state: "none" | "waiting" | "here"; name?: string; place?: number }
export interface Said { messages: Reply[]; human?: Human }
export interface Health { voice?: { listen?: boolean; speak?: boolean } }
/** Whom to call; `now` says in words whether somebody is there, `hours` has the days on which somebody is. */
export interface Help { name: string; phone: string; now: string; hours: Record<string, string>; unverified: boolean }
export interface Term { term: string; forms: string[]; explanation: string; example: string }
export type Mark = [milliseconds: number, start: number, end: number];
export interface Speech { sound: ArrayBuffer; marks: Mark[] }
/** What somebody thought of an answer, as the server names it. */
export type Face = "goed" | "gaat_wel" | "slecht";
/** From here on somebody else has the talk, and what the assistant says to that. */
export interface HumanChange extends Human { messages?: Reply[] }
export interface LiveEvent { id: string; event: string; data: unknown }

/** An answer of the server that says what is wrong; `message` may be shown to a person. */
export class Problem extends Error {
  constructor(readonly status: number, readonly code: string, detail: string) { super(detail); }
  /** Whether the same request may succeed later. */
  get passes(): boolean { return this.status >= 500 || this.status === 429 || this.status === 408; }
}

const PATIENCE = 20_000;

export class Api {
  constructor(readonly base: string) {}

  start(municipality: string | null, role: string | null): Promise<{ id: string; token: string; messages: Reply[]; human?: Human }> {
    return this.json("api/v1/conversations", null, { municipality, role, channel: "web" });
  }

  say(id: string, token: string, text: string, messageId: string): Promise<Said> {
    return this.json(this.talk(id, "messages"), token, { text, client_message_id: messageId });
  }

  async feedback(id: string, token: string, face: Face, message: number): Promise<void> {
    await this.fetch(this.talk(id, "feedback"), token, { face, message });
  }

  /** A message as sound, and per word "milliseconds:start:end": places in its spoken form. */
  async speech(id: string, token: string, message: number, rate: number): Promise<Speech> {
    const answer = await this.fetch(`${this.talk(id, "speech")}?message=${message}&rate=${rate}`, token);
    const marks = answer.headers.get("X-Meedoen-Marks")?.split(",").map((mark) => mark.split(":").map(Number) as Mark) ?? [];
    return { sound: await answer.arrayBuffer(), marks };
  }

  /** 503 also tells what works. */
  async health(): Promise<Health> {
    return (await fetch(this.base + "health", { credentials: "omit" })).json();
  }

  help(municipality: string | null): Promise<Help> {
    return this.json(`widget/help.json?municipality=${encodeURIComponent(municipality ?? "")}`, null);
  }

  terms(): Promise<Term[]> { return this.json("widget/words.json", null); }

  async poll(id: string, token: string, after: string): Promise<LiveEvent[]> {
    return (await this.json<{ events: LiveEvent[] }>(`${this.talk(id, "events")}?after=${encodeURIComponent(after)}`, token)).events;
  }

  stream(id: string, token: string, after: string, signal: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}`, Accept: "text/event-stream" };
    if (after) headers["Last-Event-ID"] = after;
    return fetch(this.base + this.talk(id, "events"), { headers, signal, credentials: "omit", cache: "no-store" });
  }

  private talk(id: string, part: string): string { return `api/v1/conversations/${id}/${part}`; }

  private async json<T>(path: string, token: string | null, body?: unknown): Promise<T> {
    return (await this.fetch(path, token, body)).json();
  }

  private async fetch(path: string, token: string | null, body?: unknown): Promise<Response> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers: Record<string, string> = { Accept: "application/json" };
    if (body) headers["Content-Type"] = "application/json";
    if (token) headers.Authorization = `Bearer ${token}`;
    try {
      const response = await fetch(this.base + path, {
        method: body ? "POST" : "GET", headers, body: body ? JSON.stringify(body) : undefined,
        credentials: "omit", signal: stop.signal,
      });
      if (response.ok) return response;
      const problem = await response.json().catch(() => ({}));
      throw new Problem(response.status, String(problem.code ?? ""), String(problem.detail ?? ""));
    } finally {
      clearTimeout(timer);
    }
  }
}
