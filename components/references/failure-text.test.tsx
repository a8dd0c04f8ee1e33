import { expect, test } from "vitest";
import { referenceFailureText } from "@/components/references/failure-text";
import { storedReferenceFailure } from "@/lib/schemas/reasons/reference-failure";

test.each([
  [{ code: "unreadable", said: "b.txt is no PNG." }, "b.txt is no PNG."],
  [
    { code: "already_here", of: "image", name: "Real noise" },
    "The same images are here already, as Real noise.",
  ],
  [
    { code: "already_here", of: "statistics", name: "Coco" },
    "The same statistics are here already, as Coco.",
  ],
  [{ code: "too_few", of: "video", n: 1 }, "It holds 1 video; a reference needs at least 2."],
  [{ code: "broke_down" }, "It could not be built here; the worker's log says why."],
  ["A sentence that an earlier release stored.", "A sentence that an earlier release stored."],
])("why a set could not be built, as %j, is told in words", (stored, text) => {
  expect(referenceFailureText(storedReferenceFailure.parse(stored))).toBe(text);
});
