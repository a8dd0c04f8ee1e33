import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { framePoints } from "@/components/demos/map-frame";
import { hardNegativeFigures } from "@/components/demos/map-text";
import { weightsOnCard } from "@/lib/encoders/model-card";
import { contrastiveMap as map } from "@/lib/demos/contrastive-map";

const FOLDER = `lib/encoders/weights/${map.encoder}`;
const RENEW = "the encoder was trained anew: npx tsx scripts/map-contrastive-space.ts";

describe("the map of the contrastive encoder's space", () => {
  it("belongs to the weights that are shipped, and tells their card's figures", async () => {
    const [image, text] = [await weightsOnCard(FOLDER, "encoder"), await weightsOnCard(FOLDER, "text")];
    expect(map.weights, RENEW).toEqual({ image: image.sha256, text: text.sha256 });
    const card = JSON.parse(readFileSync(`${FOLDER}/card.json`, "utf8")) as { figures: object };
    expect(map.figures, RENEW).toEqual(card.figures);
  });

  it("has a thumbnail for every point", async () => {
    const { width, height } = await sharp(path.join("public", map.sheet.url)).metadata();
    expect([width, height]).toEqual([64 * map.sheet.columns, 64 * map.sheet.rows]);
    expect(map.points.length).toBeLessThanOrEqual(map.sheet.columns * map.sheet.rows);
  });

  it("keeps the plane's distances: both axes have one scale, and up is up", () => {
    const { points, height } = framePoints(map.points);
    const apart = (a: readonly [number, number], b: readonly [number, number]) =>
      Math.hypot(a[0] - b[0], a[1] - b[1]);
    const pairs = points.slice(1).map(({ image }, i) => ({
      framed: apart(image, points[0].image),
      plane: apart(map.points[i + 1].image, map.points[0].image),
    }));
    const farthest = pairs.reduce((far, pair) => (pair.plane > far.plane ? pair : far));
    // Places are rounded to a ten-thousandth.
    for (const { framed, plane } of pairs)
      expect(Math.abs(framed - (plane * farthest.framed) / farthest.plane)).toBeLessThan(4e-4);
    const highest = map.points.reduce((best, each) => (each.words[1] > best.words[1] ? each : best));
    const framed = points[map.points.indexOf(highest)].words[1];
    for (const { image, words } of points) {
      expect(words[1]).toBeGreaterThanOrEqual(framed);
      for (const [x, y] of [image, words]) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(1);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(height);
      }
    }
  });

  it("names every kind of false caption of the card, the surest first", () => {
    const figures = {
      captionAmong100: 0.9,
      howMeasured: "",
      trueCaptionOverFoil: 0.8,
      "trueCaptionOverFoil, relation reversed": 0.5,
      "trueCaptionOverFoil, another colour": 1,
    };
    expect(hardNegativeFigures({ ...map, figures })).toEqual([
      { differs: "another colour", share: 1 },
      { differs: "relation reversed", share: 0.5 },
    ]);
  });
});
