import { css } from "lit";

// Sizes in em of --m-size, at least 18 px. Nothing is smaller than that, and every target is at least 48 px.
export const styles = css`
:host{all:initial;display:block;font-family:var(--basis-text-font-family-default,var(--utrecht-document-font-family,system-ui,-apple-system,"Segoe UI",sans-serif));
font-size:var(--m-size,18px);line-height:1.5;color:var(--m-fg,#1b1f26);--r:var(--basis-border-radius-md,.5em);--t:max(48px,2.6em)}
:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}
[hidden]{display:none!important}
button,textarea{font:inherit;color:inherit;letter-spacing:inherit}
button{cursor:pointer;min-height:var(--t);min-width:48px;padding:.3em .7em;border:2px solid transparent;border-radius:var(--r);background:none;
display:inline-flex;align-items:center;justify-content:center;gap:.4em;text-align:start;line-height:1.25}
button:focus-visible,a:focus-visible,textarea:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--m-fg,#000);outline-offset:2px;box-shadow:0 0 0 2px var(--m-bg,#fff)}
.pic{width:1.35em;height:1.35em;flex:none;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
p{margin:0 0 .6em}p:last-child{margin:0}
a{color:var(--m-link);text-underline-offset:.15em}
.full{background:var(--m-action);color:var(--m-on);border-color:var(--m-action);font-weight:600}
.line{background:var(--m-bg);color:var(--m-link);border-color:var(--m-link)}
.full:hover,.line:hover{text-decoration:underline}
.launcher{position:fixed;z-index:2147483000;inset:auto 1em 1em auto;padding:.5em 1em;box-shadow:0 2px 10px #0006;border:2px solid var(--m-on);max-width:calc(100vw - 2em)}
.panel{position:fixed;z-index:2147483000;inset:auto 1em 1em auto;width:min(27em,calc(100vw - 2em));height:min(42em,calc(100vh - 2em));height:min(42em,calc(100dvh - 2em));
display:flex;flex-direction:column;overflow:auto;container-type:size;background:var(--m-bg);color:var(--m-fg);border:1px solid var(--m-line);border-radius:calc(var(--r)*1.5);box-shadow:0 6px 30px #0005}
header,.bar{display:flex;align-items:center;gap:.35em;padding:.2em .5em .2em .9em;flex:none}
header{background:var(--m-action);color:var(--m-on);flex-wrap:wrap;justify-content:flex-end}
header h2{margin:0;font-size:1.15em;line-height:1.2;flex:1 0 auto}
header button:focus-visible{outline-color:var(--m-on);box-shadow:none;outline-offset:-4px}
header button:hover{text-decoration:underline}
.bar{flex-wrap:wrap;padding:.4em .5em;border-bottom:1px solid var(--m-line)}
.bar button{flex:1 1 auto;padding:.3em .5em}
button[aria-pressed=true],button[aria-expanded=true]:not(.term){text-decoration:underline;text-decoration-thickness:2px}
.bar button[aria-pressed=true]{background:var(--m-action);color:var(--m-on)}
.sheet{padding:.7em .9em;background:var(--m-soft);border-bottom:1px solid var(--m-line);max-height:55%;overflow:auto;flex:none}
.sheet h3{font-size:1em;margin:.2em 0 .3em}
.sheet .row{display:flex;flex-wrap:wrap;gap:.4em;margin:.4em 0}
.sheet dl,.card dl{margin:.2em 0;display:grid;grid-template-columns:auto 1fr;gap:.1em .8em}
dt{font-weight:600}dd{margin:0;overflow-wrap:anywhere}
.switch{width:100%;justify-content:flex-start;padding-inline:.2em}
.switch i{flex:none;width:2.6em;height:1.5em;border:2px solid currentColor;border-radius:1em;position:relative;background:var(--m-bg)}
.switch i::after{content:"";position:absolute;inset:.15em auto .15em .15em;aspect-ratio:1;border-radius:50%;background:currentColor}
.switch[aria-checked=true] i{background:var(--m-action)}
.switch[aria-checked=true] i::after{inset:.15em .15em .15em auto;background:var(--m-on)}
.log{flex:1 1 8em;min-height:8em;overflow-y:auto;overscroll-behavior:contain;padding:.8em .9em}
.log:focus-visible{outline-offset:-4px}
.msg{margin:0 0 1em;max-width:94%;overflow-wrap:anywhere}
.who{font-weight:600;margin:0 0 .1em}
.body{background:var(--m-soft);border:1px solid transparent;border-radius:var(--r);padding:.6em .8em}
.you{margin-inline-start:auto;width:fit-content}
.you .who{text-align:end}
.you .body{background:var(--m-action);color:var(--m-on)}
.staff .body{border:2px solid var(--m-link)}
.note .body{background:none;border:1px dashed var(--m-line)}
.state{text-align:end}
.choices{display:flex;flex-direction:column;align-items:stretch;gap:.4em;margin:.6em 0 0}
.choices button{justify-content:flex-start;font-weight:600}
.tools{display:flex;flex-wrap:wrap;gap:.1em;align-items:center}
.tools button{color:var(--m-link);padding-inline:.4em}
.tools button:hover{text-decoration:underline}
.source{margin:.5em 0 0;font-style:italic;font-size:max(18px,.85em);color:var(--m-dim)}
.card{border:2px solid var(--m-line);border-radius:var(--r);padding:.7em .8em;margin:.6em 0 0;background:var(--m-bg)}
.msg:has(.card){max-width:none}
.card h3{margin:0;font-size:1.05em}
.card button{margin-top:.5em;width:100%}
button.term{display:inline;position:relative;min-height:0;min-width:0;padding:0;border:0;border-radius:.1em;text-decoration:underline dotted 2px;text-underline-offset:.18em;line-height:inherit;color:var(--m-link)}
button.term::after{content:"";position:absolute;inset:-.35em 0}
.explain{border-inline-start:4px solid var(--m-link);padding:.2em .7em;margin:.6em 0 0}
.faces{border:0;margin:.6em 0 0;padding:0;min-width:0}
.faces legend{padding:0;font-weight:600}
.faces div{display:flex;flex-wrap:wrap;gap:.4em;margin-top:.3em}
.alert,.status{flex:none;padding:0 .9em}
.alert:not(:empty){padding:.5em .9em;border-top:3px solid var(--m-bad);color:var(--m-bad);font-weight:600;background:var(--m-soft)}
.status:not(:empty){padding:.3em .9em}
.now{flex:none;display:flex;flex-wrap:wrap;align-items:center;gap:0 .4em}
.now .status{flex:1 1 8em}
.now button{margin:.2em .6em .3em auto}
.you a{color:inherit}
.status p{display:flex;gap:.5em;align-items:center}
.dots{display:inline-flex;gap:.2em}
.dots i{width:.4em;height:.4em;border-radius:50%;background:currentColor;animation:m-dot 1.2s infinite alternate}
.dots i:nth-child(2){animation-delay:.3s}.dots i:nth-child(3){animation-delay:.6s}
@keyframes m-dot{from{opacity:.25}}
form{flex:none;border-top:1px solid var(--m-line);padding:.4em .6em .6em}
form .row{display:flex;gap:.4em;align-items:flex-end}
label{display:block;font-weight:600;margin-bottom:.25em}
.formsteps{display:flex;gap:.4em;flex-wrap:wrap;margin-bottom:.3em}
textarea{flex:1 1 4em;width:4em;min-width:0;min-height:var(--t);max-height:8em;resize:none;padding:.45em .6em;border:2px solid var(--m-line);border-radius:var(--r);background:var(--m-bg);field-sizing:content;overflow:auto}
::highlight(meedoen-word){background:var(--m-mark,#ffe27a);color:var(--m-onMark,#000)}
.calm .panel{box-shadow:none}
.calm .bot .body,.calm .sheet{background:var(--m-bg)}
.calm .bot .body{padding-inline:0}
.calm .dots,.calm header .pic{display:none}
.calm .msg{margin-bottom:1.4em}
.large .text{line-height:1.65}
@media (max-width:40em){.panel{inset:0;width:100%;height:100vh;height:100dvh;border:0;border-radius:0}.bar .pic,form .pic,header .pic{display:none}header button{padding-inline:.25em}header{padding-inline:.6em .3em;gap:0}header h2{font-size:1em}.bar,.log,form{padding-inline:.6em}.bar button{padding:.2em .4em}}
@container (max-height:24em){header,.bar,form{--t:48px;padding-block:.15em}.log{min-height:7em}}
@media (max-height:34em){.log{min-height:14em}}
@media (prefers-reduced-motion:reduce){.dots i{animation:none}}
.calm .dots i{animation:none}
@media (forced-colors:active){.body,.card,.explain,header,.alert:not(:empty){border:2px solid CanvasText}button{border-color:ButtonText}button.term{border:0}
.full,.bar button[aria-pressed=true],.switch[aria-checked=true] i::after{forced-color-adjust:none;background:Highlight;color:HighlightText;border-color:Highlight}
.dots i{background:CanvasText}::highlight(meedoen-word){background:Highlight;color:HighlightText}}
@media print{:host{display:none}}
`;
