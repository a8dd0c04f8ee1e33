import { expect, test } from "vitest";
import { parseEvalPrompts } from "@/lib/evaluations/eval-prompts";
import { matchImages } from "@/lib/evaluations/match-images";

const KEYED = parseEvalPrompts(Buffer.from("key,prompt\ncat,a cat\nred_fox,a fox\n"), "prompts.csv");
const LINES = parseEvalPrompts(Buffer.from("a cat\na fox\n"), "prompts.txt");

test("images are matched by the keys that the prompts have, in the order of the prompts", () => {
  const { matched, leftOut } = matchImages(["red_fox_0.png", "cat_10.png", "cat_2.png"], KEYED);
  expect(matched).toEqual([
    { name: "cat_2.png", key: "cat", index: 2 },
    { name: "cat_10.png", key: "cat", index: 10 },
    { name: "red_fox_0.png", key: "red_fox", index: 0 },
  ]);
  expect(leftOut).toEqual([]);
});

test("prompts without keys are matched by their place", () => {
  const { matched } = matchImages(["00001/samples/0000.png", "00000/samples/0003.png"], LINES);
  expect(matched.map(({ key, index }) => [key, index])).toEqual([["0", 3], ["1", 0]]); // prettier-ignore
});

test("what fits no prompt says why, without a word of what an evaluation does not have", () => {
  const { matched, leftOut } = matchImages(["cat.png", "dog.png", "notes.md"], KEYED);
  expect(matched).toHaveLength(1);
  expect(leftOut).toEqual([
    { file: "notes.md", reason: "Neither an image nor a video by its name." },
    { file: "dog.png", reason: 'No prompt is called "dog".' },
  ]);
  const counted = matchImages(["1.png", "2.png"], LINES);
  expect(counted.matched).toEqual([]);
  expect(counted.leftOut[0].reason).toBe(
    "The numbers begin with 1, but prompts are numbered from 0. Number them from 0.",
  );
});

test("a folder of texts alone has no images", () => {
  expect(matchImages(["a.md", "b.txt"], KEYED).hasImages).toBe(false);
  expect(matchImages(["dog.png"], KEYED).hasImages).toBe(true);
});
