import { count, counted, points, rankSpread } from "@/components/format";
import { escaped } from "@/components/share/escaped";
import type { BoardStanding } from "@/lib/schemas/views";

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;padding:12px;font:14px/1.45 system-ui,sans-serif;color:#26231f;background:#fffdf9}
h1{margin:0 0 8px;font-size:16px}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th{font-weight:400;text-align:left}
thead th{font-size:12px;color:#625b51}
td,th{padding:5px 8px 5px 0;border-top:1px solid #d9d2c6;vertical-align:top}
thead th{border-top:0}
.n{text-align:right;white-space:nowrap}
small,p{color:#625b51;font-size:12px}
p{margin:8px 0 0}
a{color:#1a5c4a}
a:focus-visible{outline:2px solid currentColor;outline-offset:2px}
@media (max-width:359px){.v{display:none}}
@media (prefers-color-scheme:dark){body{color:#ede8df;background:#151412}td,th{border-color:#3b3833}thead th,small,p{color:#b3aa9c}a{color:#8fd0b8}}
`;

/**
 * A board's first models as a page for other sites' frames: no script, no form, links that open apart.
 * @param site.origin as browsers reach it
 */
export function embeddedBoard(board: BoardStanding, site: { origin: string; name: string }): string {
  const { slug, name, votes, ranked, leaders } = board;
  const link = (path: string, text: string) =>
    `<a href="${escaped(site.origin + path)}" target="_blank" rel="noopener">${escaped(text)}</a>`;
  const rows = leaders.map(
    ({ model, name, creator, rankLow, rankHigh, rating, ratingLow, ratingHigh, votes }) =>
      `<tr><td>${rankSpread(rankLow, rankHigh)}</td><th scope="row">${link(`/models/${model}`, name)}<br><small>${escaped(creator)}</small></th>` +
      `<td class="n">${points(rating)}<br><small>${points(ratingLow)} to ${points(ratingHigh)}</small></td><td class="n v">${count(votes)}</td></tr>`,
  );
  const table = `<table><thead><tr><th scope="col">Rank</th><th scope="col">Model</th><th scope="col" class="n">Rating, 95%</th><th scope="col" class="n v">Votes</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">`,
    `<meta name="robots" content="noindex"><title>${escaped(name)}</title><style>${STYLE}</style></head><body>`,
    `<h1>${link(`/leaderboard/${slug}`, name)}</h1>`,
    rows.length === 0 ? "<p>No model is ranked yet: nobody has voted.</p>" : table,
    `<p>${counted(votes, "vote")}, ${counted(ranked, "ranked model")}. A range of ranks is what the votes leave open. ${link("/docs/methods", "How it is measured")} · ${escaped(site.name)}</p>`,
    "</body></html>",
  ].join("");
}
