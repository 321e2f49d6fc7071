// Takes over the colours of the page when they can be read, and our own when they cannot.
type Rgb = [number, number, number];

const CHAIN: Record<string, string[]> = {
  bg: ["--basis-color-default-bg-document", "--utrecht-document-background-color"],
  fg: ["--basis-color-default-color-document", "--utrecht-document-color"],
  action: ["--basis-color-action-1-inverse-bg-default", "--utrecht-button-primary-action-background-color"],
  onAction: ["--basis-color-action-1-inverse-color-default", "--utrecht-button-primary-action-color"],
};
const OWN: Record<string, Rgb> = { bg: [255, 255, 255], fg: [27, 31, 38], action: [21, 66, 115], onAction: [255, 255, 255] };
const WHITE: Rgb = [255, 255, 255];
const BLACK: Rgb = [0, 0, 0];

/** WCAG contrast between two colours. */
export function contrast(one: Rgb, other: Rgb): number {
  const light = ([r, g, b]: Rgb) => {
    const part = (value: number) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const [high, low] = [light(one), light(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

const mix = (one: Rgb, other: Rgb, share: number): Rgb => one.map((value, at) => Math.round(value + (other[at]! - value) * share)) as Rgb;

/** The colour moved towards black or white until it can be read on every given ground. */
function readable(colour: Rgb, grounds: Rgb[], least: number): Rgb {
  const goal = contrast(WHITE, grounds[0]!) > contrast(BLACK, grounds[0]!) ? WHITE : BLACK;
  for (let share = 0; share < 1; share += 0.1) {
    const tried = mix(colour, goal, share);
    if (grounds.every((ground) => contrast(tried, ground) >= least)) return tried;
  }
  return goal;
}

/** Reads any CSS colour as sRGB; null when there is none, or when it is partly transparent. */
function reader(): (value: string) => Rgb | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  return (value) => {
    if (!brush || !value || !CSS.supports("color", value)) return null;
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = value;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, alpha] = brush.getImageData(0, 0, 1, 1).data;
    return alpha === 255 ? [r!, g!, b!] : null;
  };
}

/** Sets the colours and the base size of the widget on its own element. */
export function dress(host: HTMLElement, large: boolean): void {
  const style = getComputedStyle(host);
  const read = reader();
  const found = (part: string): Rgb | null => {
    for (const name of CHAIN[part]!) {
      const colour = read(style.getPropertyValue(name).trim());
      if (colour) return colour;
    }
    return null;
  };
  const pair = (ground: string, text: string, least: number): [Rgb, Rgb, boolean] => {
    const [a, b] = [found(ground), found(text)];
    return a && b && contrast(a, b) >= least ? [a, b, true] : [OWN[ground]!, OWN[text]!, false];
  };
  const [bg, fg, own] = pair("bg", "fg", 4.5);
  const [action, onAction] = pair("action", "onAction", 4.5);
  const soft = mix(bg, fg, 0.06);
  const dark = contrast(bg, WHITE) > contrast(bg, BLACK);
  const colours: Record<string, Rgb> = {
    bg, action, soft,
    fg: readable(fg, [bg, soft], 4.5),
    dim: readable(mix(fg, bg, 0.25), [bg, soft], 4.5),
    on: onAction,
    link: readable(action, [bg, soft], 4.5),
    line: readable(mix(bg, fg, 0.45), [bg, soft], 3),
    bad: readable(dark ? [255, 140, 130] : [160, 20, 20], [bg, soft], 4.5),
    mark: dark ? [92, 74, 0] : [255, 226, 122],
    onMark: dark ? WHITE : BLACK,
  };
  for (const [name, rgb] of Object.entries(colours)) host.style.setProperty(`--m-${name}`, `rgb(${rgb.join(" ")})`);
  host.dataset.look = own ? "host" : "own";
  host.style.setProperty("color-scheme", dark ? "dark" : "light");
  // Pages that set the root to 62.5 % still get letters of 18 px; a reader's own larger default is followed.
  const root = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const size = Math.max(18, root * (root < 14 ? 1.8 : 1.125)) * (large ? 1.25 : 1);
  host.style.setProperty("--m-size", `${size}px`);
}
