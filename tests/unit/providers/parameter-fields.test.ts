import { expect, test } from "vitest";
import { parameterFields, uncarriedParameter } from "@/lib/providers/parameter-fields";

const few = { steps: "steps", guidance: null, negativePrompt: null };

test("a parameter that requests have no field for is named, and one that is not asked for is not", () => {
  expect(uncarriedParameter({ steps: 4, guidance: null }, few)).toBeNull();
  expect(uncarriedParameter({}, few)).toBeNull();
  expect(uncarriedParameter({ steps: 4, guidance: 0 }, few)).toEqual({
    name: "guidance",
    noun: "a guidance scale",
  });
  expect(uncarriedParameter({ negativePrompt: "blur" }, few)?.name).toBe("negativePrompt");
});

test("OpenAI's images format carries all of them, and the bundled models all but a negative prompt", () => {
  const all = { steps: 4, guidance: 2, negativePrompt: "blur" };
  const format = { format: "openai-images" };
  expect(
    uncarriedParameter(all, parameterFields({ ...format, bundled: false, task: "text-to-image" })),
  ).toBeNull();
  expect(
    uncarriedParameter(all, parameterFields({ ...format, bundled: true, task: "text-to-image" }))?.name,
  ).toBe("negativePrompt");
});
