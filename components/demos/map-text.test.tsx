import { getTranslations } from "next-intl/server";
import { expect, it } from "vitest";
import { foilText, planeText } from "@/components/demos/map-text";
import { formatIn } from "@/components/format";
import type { ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

const t = await getTranslations("demos");
const format = formatIn("en", { free: "free", yes: "yes", no: "no" });

it("says how little of the space a plane keeps, and what each axis goes by", () => {
  const map: Pick<ContrastiveMap, "dimension" | "pairs" | "kept" | "explained"> = {
    dimension: 128,
    pairs: 1000,
    kept: [0.08, 0.05],
    explained: { things: [0.75, 0], kind: [0, 0.3], colour: [0.1, 0.1], background: [0, 0] },
  };
  const text = planeText(t, format, map);
  expect(text).toContain("keep 13.0% of the variance of 1,000 images");
  expect(text).toContain("the other 126 directions");
  expect(text).toContain("across, the number of things accounts for 75%");
  expect(text).toContain("of how high, what the first thing is accounts for 30%");
});

it("tells what differs in a false caption, one that is new in the card's own words", () => {
  expect(foilText(t, "colours swapped")).toBe("colours swapped");
  expect(foilText(t, "another size")).toBe("another size");
});
