// Looks of the part that listens; added to those of the widget when it is fetched.
export const styles = `
.voice{flex:none;padding:.4em .9em;border-top:3px solid var(--m-line);background:var(--m-soft)}
.voice.on{border-top-color:var(--m-bad)}
.voice p{margin:0 0 .2em;font-weight:600}
.voice .partial{font-weight:400;font-style:italic;color:var(--m-dim)}
.voice .row{display:flex;flex-wrap:wrap;gap:.4em}
.voice meter{width:100%;height:1em;display:block}
.voice .dot{display:inline-block;width:.7em;height:.7em;margin-inline-end:.4em;border-radius:50%;background:var(--m-bad)}
.voice .switch{width:auto}
.mic{touch-action:none;user-select:none}
.mic[aria-pressed=true]{background:var(--m-bad);color:var(--m-bg);border-color:var(--m-bad);text-decoration:none}
@media (forced-colors:active){.voice .dot{background:Highlight}.mic[aria-pressed=true]{forced-color-adjust:none;background:Highlight;color:HighlightText}}
`;
