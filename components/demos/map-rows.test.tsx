import { expect, test } from "vitest";
import { mapOf, rowsOf } from "@/components/demos/map-rows";
import { contrastiveMapSchema } from "@/lib/schemas/stack/contrastive-map";

test("a map is the same after its way to the browser in rows", () => {
  const point = (at: number) => ({
    ...{ caption: `a ball ${at}`, image: [at, -0.5], words: [0.25, at / 2], cosine: 0.9, nearest: 1 - at },
    ...{ things: "1", kind: "ball", colour: "red", background: "white" },
  });
  const map = contrastiveMapSchema.parse({
    encoder: "toybox-contrastive",
    weights: { image: "a", text: "b" },
    dimension: 128,
    pairs: 2,
    kept: [0.5, 0.25],
    explained: { things: [1, 0], kind: [1, 0], colour: [1, 0], background: [1, 0] },
    ownIsNearest: 2,
    figures: { captionAmong100: 1, howMeasured: "by hand" },
    inks: { colour: { red: "#f00" }, background: { white: "#fff" } },
    sheet: { url: "/sheet.webp", columns: 2, rows: 1 },
    points: [point(0), point(1)],
  });
  expect(mapOf(JSON.parse(JSON.stringify(rowsOf(map))))).toEqual(map);
});
