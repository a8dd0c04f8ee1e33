import { rankSpread } from "@/components/format";
import { escaped } from "@/components/share/escaped";
import type { ModelStanding } from "@/lib/schemas/views";

/** Room for a letter of 11 px Verdana, and beside a text. */
const [LETTER, ROOM] = [6.6, 6];

/** A badge for a README: on which board a model stands, and at which rank, as far as that is known. */
export function badgeSvg({ board, ranking, ranked }: ModelStanding): string {
  const left = board?.name ?? "Salon";
  const right = ranking?.rank
    ? `rank ${rankSpread(ranking.rankLow, ranking.rankHigh)} of ${ranked}`
    : "not ranked yet";
  const [leftWidth, rightWidth] = [left, right].map((text) => Math.ceil(text.length * LETTER) + 2 * ROOM);
  const width = leftWidth + rightWidth;
  const text = (words: string, from: number, room: number) =>
    `<text x="${from + room / 2}" y="14" text-anchor="middle" textLength="${room - 2 * ROOM}">${escaped(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${escaped(`${left}: ${right}`)}">`,
    `<title>${escaped(`${left}: ${right}`)}</title>`,
    `<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${leftWidth}" height="20" fill="#3b3833"/><rect x="${leftWidth}" width="${rightWidth}" height="20" fill="#1a5c4a"/></g>`,
    `<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${text(left, 0, leftWidth)}${text(right, leftWidth, rightWidth)}</g>`,
    "</svg>",
  ].join("");
}
