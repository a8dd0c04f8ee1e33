import type * as PlotModule from "@observablehq/plot";
import { placeLabels, spreadLabels } from "@/components/plots/place-labels";

/** Channels of a text mark in pixels, as Plot hands them to a mark's render. */
type Places = { x?: ArrayLike<number>; y?: ArrayLike<number> };

/**
 * The names of dots as a mark: each beside its dot, none over another or over a dot; where there is no room, none.
 * @param data those that matter most first: they choose their place first
 */
export function placedNames<D extends { name: string }>(
  plot: typeof PlotModule,
  data: readonly D[],
  { x, y }: { x: string; y: string },
): PlotModule.Markish {
  return plot.text(data as D[], {
    x,
    y,
    text: "name",
    fill: "var(--ink)",
    stroke: "var(--page)",
    strokeWidth: 3,
    textAnchor: "middle",
    render(numbers, scales, values, dimensions, context, next) {
      // Plot hands over typed arrays, whose map would make numbers of all.
      const index = Array.from(numbers);
      const { x: xs = [], y: ys = [] } = values as Places;
      const { width, height, marginTop, marginBottom } = dimensions;
      const boxes = placeLabels(
        index.map((i) => ({ x: xs[i], y: ys[i], text: data[i].name })),
        { x: 0, y: marginTop - 8, width, height: height - marginTop - marginBottom + 8 },
      );
      const placed = { x: Array.from(xs), y: Array.from(ys) };
      const shown = index.filter((_, k) => boxes[k] !== null);
      for (const [k, i] of index.entries()) {
        const box = boxes[k];
        if (box === null) continue;
        placed.x[i] = box.x + box.width / 2;
        placed.y[i] = box.y + box.height / 2;
      }
      return next!(shown, scales, Object.assign({}, values, placed), dimensions, context);
    },
  });
}

/**
 * The names of lines as a mark, each to the right of its line's end and none over another.
 * @param data the lines' last points; those that matter most first: where there is no room, the last ones go without
 */
export function endNames<D extends { name: string }>(
  plot: typeof PlotModule,
  data: readonly D[],
  options: { x: (point: D) => unknown; y: string; fill: (point: D) => string },
): PlotModule.Markish {
  return plot.text(data as D[], {
    ...(options as PlotModule.TextOptions),
    text: "name",
    textAnchor: "start",
    dx: 8,
    stroke: "var(--page)",
    strokeWidth: 3,
    render(numbers, scales, values, dimensions, context, next) {
      const index = Array.from(numbers);
      const { y: ys = [] } = values as Places;
      const places = spreadLabels(
        index.map((i) => ys[i]),
        { top: dimensions.marginTop, bottom: dimensions.height - dimensions.marginBottom },
      );
      const y = Array.from(ys);
      for (const [k, i] of index.entries()) y[i] = places[k] ?? y[i];
      const shown = index.filter((_, k) => places[k] !== null);
      return next!(shown, scales, Object.assign({}, values, { y }), dimensions, context);
    },
  });
}
