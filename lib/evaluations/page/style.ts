/** The look of the page: Salon's colours, light and dark, from a phone's width on. */
export const STYLE = `
:root { color-scheme: light dark; --page:#f6f3ee; --paper:#fdfcfa; --line:#ddd6ca; --ink:#1f1c18; --muted:#655e54; --accent:#1a5c4a; --alarm:#9b3324; }
@media (prefers-color-scheme: dark) {
  :root { --page:#151412; --paper:#1e1c1a; --line:#35312c; --ink:#ede8df; --muted:#a69d90; --accent:#7fc6ab; --alarm:#f0937f; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.55 -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1, h2, h3 { font-family: "Iowan Old Style", Palatino, Georgia, serif; font-weight: 400; line-height: 1.2; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: 1.9rem; margin: .5rem 0; }
h2 { font-size: 1.35rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
p, li { max-width: 46rem; }
.muted, figcaption, small, th { color: var(--muted); }
.better { color: var(--accent); font-weight: 600; }
.worse { color: var(--alarm); font-weight: 600; }
table { width: 100%; border-collapse: collapse; background: var(--paper); border: 1px solid var(--line); font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .5rem .75rem; border-top: 1px solid var(--line); vertical-align: top; }
th { font-weight: 500; font-size: .85rem; }
td small { display: block; line-height: 1.4; }
code, .hash { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: .85em; overflow-wrap: anywhere; }
.bar { display: block; width: 7rem; height: .7rem; margin-top: .35rem; }
.rule { stroke: var(--line); stroke-width: 1; }
.reach { stroke: var(--accent); stroke-width: 2; opacity: .55; }
.dot { fill: var(--accent); }
.fill { fill: var(--accent); opacity: .8; }
svg text { fill: var(--muted); font-size: 11px; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); gap: 1rem; }
.plot { margin: 0; padding: .75rem; background: var(--paper); border: 1px solid var(--line); }
.plot svg { display: block; width: 100%; height: auto; }
.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: .75rem; }
.sample { margin: 0; padding: .5rem; background: var(--paper); border: 1px solid var(--line); font-size: .85rem; overflow-wrap: anywhere; }
.sample .images { display: flex; gap: .35rem; }
.sample img, .sample .none { flex: 1 1 0; width: 50%; min-width: 0; aspect-ratio: 1; object-fit: contain; background: var(--page); }
.sample .none { display: grid; place-items: center; color: var(--muted); }
.sample p { margin: .35rem 0 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1rem; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }
ul { padding-left: 1.2rem; overflow-wrap: anywhere; }
@media (max-width: 44rem) {
  thead { display: none; }
  tr { display: block; padding: .6rem .75rem; border-top: 1px solid var(--line); }
  td { display: flex; justify-content: space-between; gap: 1rem; border: 0; padding: .15rem 0; text-align: right; }
  td::before { content: attr(data-label); color: var(--muted); font-size: .85rem; text-align: left; flex: none; }
  td:first-child { display: block; text-align: left; font-weight: 600; }
  td:first-child::before { content: none; }
  td:first-child small { font-weight: 400; }
  .bar { margin-left: auto; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .5rem; }
  .samples { grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); }
}
`;
