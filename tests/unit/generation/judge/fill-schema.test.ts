import { describe, expect, it } from "vitest";
import type { Assessment } from "@/generation/judge/evidence";
import {
  CannotTellError,
  fillSchema,
  UnfillableSchemaError,
  type Findings,
} from "@/generation/judge/fill-schema";
import { compare, worth } from "@/generation/judge/verdict";

const LEVELS = ["not_at_all", "barely", "partly", "mostly", "fully"];
const object = (properties: Record<string, unknown>) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});
const choice = (...values: (string | null)[]) => ({ enum: values });

describe("filling a schema", () => {
  it.each([
    [0, "not_at_all"],
    [0.19, "not_at_all"],
    [0.2, "barely"],
    [0.5, "partly"],
    [0.79, "mostly"],
    [0.8, "fully"],
    [1, "fully"],
  ])("names the level of a share of %d as %s, worst first", (value, level) => {
    const schema = object({ prompt_following: choice(...LEVELS, "cannot_tell") });
    expect(fillSchema(schema, { reasoning: "", prompt_following: value })).toEqual({
      prompt_following: level,
    });
  });

  it("fills a rubric's properties in their order, by their own name or their parent's", () => {
    const schema = object({
      reasoning: { type: "string" },
      artefacts: choice("many", "none"),
      prompt_following: object({ reasoning: { type: "string" }, level: choice("no", "yes") }),
      quality: { type: "integer", minimum: 1, maximum: 5 },
      naturalness: { type: "number", minimum: 0, maximum: 10 },
    });
    const filled = fillSchema(schema, { reasoning: "seen", prompt_following: 0.2, quality: 0.9 });
    expect(filled).toEqual({
      reasoning: "seen",
      artefacts: "none",
      prompt_following: { reasoning: "seen", level: "no" },
      quality: 5,
      naturalness: 9,
    });
    expect(Object.keys(filled as object)).toEqual(Object.keys(schema.properties));
  });

  it("follows references, choices with null and lists of types", () => {
    const schema = {
      $defs: { level: { anyOf: [{ type: "null" }, choice("bad", "good")] } },
      ...object({ quality: { $ref: "#/$defs/level" }, prompt_following: { type: ["number", "null"] } }),
    };
    expect(fillSchema(schema, { reasoning: "", quality: 0.9, prompt_following: null })).toEqual({
      quality: "good",
      prompt_following: null,
    });
    expect(fillSchema(schema, { reasoning: "", quality: null, prompt_following: 0.25 })).toEqual({
      quality: null,
      prompt_following: 0.25,
    });
  });

  it("answers a checklist by the questions' own numbers", () => {
    const item = object({ id: { type: "integer" }, answer: choice("yes", "no", "cannot_tell") });
    const answers: Findings["answers"] = [
      { id: 3, yes: 0.9, reasoning: "" },
      { id: 7, yes: 0.1, reasoning: "" },
      { id: 9, yes: null, reasoning: "" },
    ];
    expect(
      fillSchema(object({ answers: { type: "array", items: item } }), { reasoning: "", answers }),
    ).toEqual({
      answers: [
        { id: 3, answer: "yes" },
        { id: 7, answer: "no" },
        { id: 9, answer: "cannot_tell" },
      ],
    });
  });

  it("says that it can't tell where the schema lets it, and throws where not: never a level or a verdict", () => {
    const findings: Findings = { reasoning: "", prompt_following: null, verdict: null };
    expect(fillSchema(object({ prompt_following: choice(...LEVELS, "cannot_tell") }), findings)).toEqual({
      prompt_following: "cannot_tell",
    });
    expect(fillSchema(object({ verdict: choice("A", "B", null) }), findings)).toEqual({ verdict: null });
    expect(() => fillSchema(object({ prompt_following: choice(...LEVELS) }), findings)).toThrow(
      CannotTellError,
    );
    expect(() => fillSchema(object({ prompt_following: { type: "number" } }), findings)).toThrow(
      CannotTellError,
    );
    expect(() => fillSchema(object({ verdict: choice("A", "B") }), findings)).toThrow(CannotTellError);
  });

  it.each([
    ["a property it has nothing for", object({ vibe: choice("a", "b") })],
    ["a verdict where one image was judged", object({ verdict: choice("A", "B") })],
    ["a list that is no checklist", object({ questions: { type: "array", items: object({}) } })],
    ["a schema that refers to itself", { $ref: "#" }],
    ["a reference to nothing", object({ quality: { $ref: "#/$defs/gone" } })],
    ["no type at all", object({ quality: {} })],
    ["a range of nothing", object({ quality: { type: "number", minimum: 3, maximum: 3 } })],
  ])("refuses %s", (_name, schema) => {
    expect(() => fillSchema(schema, { reasoning: "", prompt_following: 1, quality: 1 })).toThrow(
      UnfillableSchemaError,
    );
  });
});

describe("comparing two images", () => {
  const image = (following: number | null, quality: number | null = 0.8): Assessment => ({
    asked: [],
    following,
    quality,
  });

  it("prefers the one that follows the prompt, then the better drawn, whatever the order", () => {
    expect(compare(image(1), image(0))![0]).toBe("A");
    expect(compare(image(0), image(1))![0]).toBe("B");
    expect(compare(image(1, 0.1), image(1, 0.9))![0]).toBe("B");
    expect(compare(image(1, 0), image(0.5, 1))![0]).toBe("A");
  });

  it("calls equals both good or both bad, and still prefers one where only A and B are offered", () => {
    expect(compare(image(0.95), image(0.94))).toEqual(["both_good", "both_bad", "A", "B"]);
    expect(compare(image(0.1, 0.1), image(0.12, 0.1))).toEqual(["both_bad", "both_good", "B", "A"]);
  });

  it("has no verdict where it can't tell of either, and counts an unknown image beside a known one as nothing", () => {
    expect(compare(image(null), image(null))).toBeNull();
    expect(compare(image(null), image(0.9))![0]).toBe("B");
    expect(worth(image(null))).toBeNull();
  });
});
