import { Command } from "commander";
import { expect, test } from "vitest";
import { parametersTyped, withParameterFlags, type ParameterFlags } from "@/cli/parameter-flags";

const typed = (...args: string[]) => {
  const command = withParameterFlags(new Command()).argument("[more...]").exitOverride();
  return parametersTyped(command.parse(args, { from: "user" }).opts<ParameterFlags>());
};

test("flags stand for a run's parameters, and what is not said stays unsaid", () => {
  expect(typed("model")).toEqual({});
  expect(typed("--seeds", "1,2, 3", "--steps", "30", "--guidance", "7.5")).toEqual({
    seeds: [1, 2, 3],
    steps: 30,
    guidance: 7.5,
  });
  expect(typed("--seeds", "none").seeds).toBe("none");
  expect(typed("--negative-prompt", "blur").negativePrompt).toBe("blur");
});

test("further fields are numbers and booleans where they look so, texts otherwise or in quotes", () => {
  const { extraFields } = typed(
    ...["--param", "eta=0.5", "--param", "karras=true", "--param", "scheduler=euler", "model"],
    ...["--param", 'tag="1"', "--param", "path=a=b"],
  );
  expect(extraFields).toEqual({ eta: 0.5, karras: true, scheduler: "euler", tag: "1", path: "a=b" });
});

test("further headers are texts as they stand", () => {
  const { extraHeaders } = typed("--header", "X-Title=1", "--header", "X-Route=a=b", "model");
  expect(extraHeaders).toEqual({ "X-Title": "1", "X-Route": "a=b" });
});

test("what cannot be read is named", () => {
  expect(() => typed("--seeds", "1,two")).toThrow("two is no number.");
  expect(() => typed("--steps", "many")).toThrow("many is no number.");
  expect(() => typed("--param", "scheduler")).toThrow("scheduler is no name=value.");
});
