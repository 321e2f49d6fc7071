// Pictograms drawn for this project, on a field of 24 by 24. They always stand beside words and say nothing to a screen reader.
import { html, svg, type TemplateResult } from "lit";

const DRAWN: Record<string, string> = {
  chat: "M4 4h16v12H10l-5 4v-4H4zM8 8.5h8M8 12h5",
  close: "M6 6l12 12M18 6L6 18",
  menu: "M4 7h16M4 12h16M4 17h16",
  human: "M12 3.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM5 20.5c0-4.5 3-7 7-7s7 2.5 7 7z",
  phone: "M6 3h3.5l1.5 5-2.2 1.6a12 12 0 0 0 5.6 5.6L16 13l5 1.5V18c0 2-1.5 3-3 3C10 21 3 14 3 6c0-1.7 1.3-3 3-3z",
  easy: "M3 6c3-1.5 6-1.5 9 .5 3-2 6-2 9-.5v13c-3-1.5-6-1.5-9 .5-3-2-6-2-9-.5zM12 6.5v13",
  sound: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  stop: "M6.5 6.5h11v11h-11z",
  mic: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  send: "M4 12h14M12 6l6.5 6-6.5 6",
  back: "M20 12H6M12 6l-6.5 6 6.5 6",
  yes: "M4.5 12.5l5 5 10-11",
  no: "M6 6l12 12M18 6L6 18",
  skip: "M5 6l7 6-7 6zM13 6l7 6-7 6z",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L21 21",
  form: "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
  money: "M3 7h18v11H3zM12 9.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM6 10v5M18 10v5",
  roof: "M3 11l9-7 9 7M6 9.5V20h12V9.5M12 12a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6zM9 20c0-2 1.2-3.2 3-3.2s3 1.2 3 3.2",
  firm: "M4 21V5h9v16M13 10h7v11M3 21h18M7 9h3M7 13h3M7 17h3M16 14h1.5M16 17.5h1.5",
  learn: "M2.5 9L12 4.5 21.5 9 12 13.5zM6.5 11v5c3.5 2.5 7.5 2.5 11 0v-5M21.5 9v6",
  question: "M8.5 8.5a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.3-1.5 2.8M12 18v.5",
  plant: "M12 21v-9M12 14C7 14 4.5 11.5 4.5 7 9.5 7 12 9.5 12 14zM12 11c0-4 2.5-6.5 7.5-6.5 0 4.5-2.5 6.5-7.5 6.5z",
  box: "M4 8l8-4 8 4v9l-8 4-8-4zM4 8l8 4 8-4M12 12v9",
  clean: "M14 3l-3 9M7 12h9l1.5 9H5zM9 16v5M13 16v5",
  pot: "M5 10h14v7a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3zM3 10h18M9 7c-1-1.5 1-2 0-3.5M14 7c-1-1.5 1-2 0-3.5",
  clock: "M12 4a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM12 8v5l3.5 2",
  goed: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.8 9v1.5M15.2 9v1.5M8 14c2 3 6 3 8 0",
  gaat_wel: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.8 9v1.5M15.2 9v1.5M8 15h8",
  slecht: "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17zM8.8 9v1.5M15.2 9v1.5M8 16.5c2-3 6-3 8 0",
};

// Which picture belongs to a choice: looked for in its payload and its title, the first that fits.
const FITS: [RegExp, string][] = [
  [/bel mij|terugbellen|telefoon/i, "phone"], [/mens|medewerker/i, "human"], [/^(ja|klopt)\b/i, "yes"], [/^nee\b/i, "no"],
  [/overslaan/i, "skip"], [/stap terug|^terug|opnieuw/i, "back"], [/stop/i, "stop"], [/\buur\b|uren|belmoment/i, "clock"],
  [/groen|tuin|plant/i, "plant"], [/inpak|magazijn|elkaar/i, "box"], [/schoonma/i, "clean"], [/keuken|kantine|catering|horeca/i, "pot"],
  [/zoek|vertel meer/i, "search"], [/werkgever|bedrijf|aanbieden|banenafspraak/i, "firm"], [/aanmeld|registratie/i, "form"],
  [/loon|verdien|uitkering|subsidie|geld/i, "money"], [/leren|school|opleiding|certifica/i, "learn"], [/beschut|werk/i, "roof"],
];

export const picture = (name: string): TemplateResult =>
  html`<svg class="pic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${svg`<path d=${DRAWN[name] ?? DRAWN.question!} />`}</svg>`;

export function pictureFor(title: string, payload: string): TemplateResult {
  for (const text of [payload, title]) {
    const fit = FITS.find(([pattern]) => pattern.test(text.replace(/_/g, " ")));
    if (fit) return picture(fit[1]);
  }
  return picture("question");
}
