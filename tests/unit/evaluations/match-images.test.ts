import { expect, test } from "vitest";
import { matchImages } from "@/lib/evaluations/match-images";

const KEYS = ["0", "1", "12", "cat", "a_1", "00000x"];

test.each([
  ["cat/0.png", "cat", 0],
  ["cat/samples/0003.png", "cat", 3],
  ["00012/samples/0001.png", "12", 1],
  ["cat_2.png", "cat", 2],
  ["cat-2.JPEG", "cat", 2],
  ["cat.webp", "cat", 0],
  ["00001.png", "1", 0],
  ["deep/er/cat.png", "cat", 0],
  // A key that ends like an index is the key.
  ["a_1.png", "a_1", 0],
  ["a_1_4.png", "a_1", 4],
])("%s is an image of the prompt %s, number %i", (name, key, index) => {
  expect(matchImages([name], KEYS)).toEqual({ matched: [{ name, key, index }], leftOut: [] });
});

test.each([
  ["dog.png", "no prompt has this key"],
  ["cat.txt", "not an image file (.png, .jpg, .jpeg or .webp)"],
  ["cat_x.png", "no prompt has this key"],
])("%s is left out, and why", (file, reason) => {
  expect(matchImages([file], KEYS)).toEqual({ matched: [], leftOut: [{ file, reason }] });
});

test("images come in the order of the prompts, then of their numbers; the second file of one image is left out", () => {
  const { matched, leftOut } = matchImages(["cat/10.png", "cat/2.png", "1.png", "01.png", "0.png"], KEYS);
  expect(matched.map(({ name }) => name)).toEqual(["0.png", "1.png", "cat/2.png", "cat/10.png"]);
  expect(leftOut).toEqual([{ file: "01.png", reason: "1.png is image 0 of the prompt already" }]);
});
