import { html } from "hono/html";
import type { Html } from "@/lib/evaluations/page/markup";
import { shownValue } from "@/lib/evaluations/page/format";

const [WIDTH, HEIGHT] = [340, 150];
const [LEFT, BOTTOM, TOP] = [44, 22, 8];

/** A share with its interval on the line from 0 to 1. */
export function intervalBar(value: number, low: number, high: number): Html {
  const x = (share: number) => (2 + 96 * Math.min(1, Math.max(0, share))).toFixed(1);
  return html`<svg class="bar" viewBox="0 0 100 10" aria-hidden="true">
    <line x1="2" y1="5" x2="98" y2="5" class="rule" />
    <line x1="${x(low)}" y1="5" x2="${x(high)}" y2="5" class="reach" />
    <circle cx="${x(value)}" cy="5" r="2.6" class="dot" />
  </svg>`;
}

/** How often numbers fall where, in up to 20 bins of equal width. */
export function histogram(values: readonly number[], title: string, range?: readonly [number, number]): Html {
  const [least, most] = range ?? extremes(values);
  const bins = Math.max(1, Math.min(20, Math.ceil(Math.sqrt(values.length))));
  const width = (most - least) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.max(0, Math.min(bins - 1, Math.floor((value - least) / width)))]++;
  const tallest = Math.max(...counts);
  const step = (WIDTH - LEFT) / bins;
  const bars = counts.map((count, bin) => {
    const height = ((HEIGHT - TOP - BOTTOM) * count) / tallest;
    const from = shownValue(least + bin * width, null);
    return html`<rect
      class="fill"
      x="${(LEFT + bin * step + 1).toFixed(1)}"
      y="${(HEIGHT - BOTTOM - height).toFixed(1)}"
      width="${Math.max(1, step - 2).toFixed(1)}"
      height="${height.toFixed(1)}"
    >
      <title>${count} from ${from} on</title>
    </rect>`;
  });
  const axis = {
    low: shownValue(least, null),
    high: shownValue(most, null),
    top: String(tallest),
    bottom: "0",
  };
  return frame(title, axis, bars);
}

/** Without spreading the list into arguments, which a large one does not survive. */
function extremes(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
    [Infinity, -Infinity],
  );
}

/** A distance by the number of images, 1/n on the axis: a straight line is the bias of a finite n. */
export function curvePlot(points: readonly { n: number; distance: number }[], title: string): Html {
  const inverse = points.map(({ n }) => 1 / n);
  const [, widest] = extremes(inverse);
  const [lowest, highest] = extremes(points.map(({ distance }) => distance));
  const room = highest - lowest || 1;
  const x = (share: number) => LEFT + ((WIDTH - LEFT - 6) * share) / widest;
  const y = (distance: number) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (distance - lowest)) / room;
  const dots = points.map(
    ({ n, distance }) =>
      html`<circle class="dot" r="3" cx="${x(1 / n).toFixed(1)}" cy="${y(distance).toFixed(1)}">
        <title>${shownValue(distance, null)} of ${n} images</title>
      </circle>`,
  );
  const fewest = Math.round(1 / widest);
  const axis = {
    low: "n = ∞",
    high: `n = ${fewest}`,
    top: shownValue(highest, null),
    bottom: shownValue(lowest, null),
  };
  return frame(title, axis, dots);
}

interface Axis {
  low: string;
  high: string;
  top: string;
  bottom: string;
}

function frame(title: string, { low, high, top, bottom }: Axis, marks: Html[]): Html {
  const ground = HEIGHT - BOTTOM;
  return html`<figure class="plot">
    <figcaption>${title}</figcaption>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
      <line class="rule" x1="${LEFT}" y1="${ground}" x2="${WIDTH}" y2="${ground}" />
      ${marks}
      <text x="${LEFT}" y="${HEIGHT - 6}">${low}</text>
      <text x="${WIDTH}" y="${HEIGHT - 6}" text-anchor="end">${high}</text>
      <text x="${LEFT - 5}" y="${TOP + 8}" text-anchor="end">${top}</text>
      <text x="${LEFT - 5}" y="${ground}" text-anchor="end">${bottom}</text>
    </svg>
  </figure>`;
}
