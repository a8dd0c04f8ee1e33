import { expect, test } from "vitest";
import { styleLabel, styleUnit } from "@/components/style-text";

test.each([
  ["side", "Being on the left", "shown on the left"],
  ["fileSize", "File size", "bytes"],
  ["sharpness", "Sharpness", "variance of the Laplacian"],
  ["a measure of later", "A measure of later", ""],
])("covariate %s is called %s, in %s", (name, label, unit) => {
  expect([styleLabel(name), styleUnit(name)]).toEqual([label, unit]);
});
