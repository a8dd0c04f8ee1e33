import type { Verdict } from "@/generation/judge/verdict";

/** What there is to say, by the names of docs/mini-judge.md; null where it can't tell. Absent: the request does not ask for it. */
export interface Findings {
  reasoning: string;
  prompt_following?: number | null;
  quality?: number | null;
  /** Of a video what moves, and whether things stay what they are: it looks at single frames, and can never tell. */
  motion?: null;
  consistency?: null;
  /** The fitting verdict first, then what comes next to it. */
  verdict?: readonly Verdict[] | null;
  /** One a checklist question. */
  answers?: { id: number; yes: number | null; reasoning: string }[];
  /** The answer to one question, in words. */
  answer?: string | null;
}

/** The schema asks for what this judge has no findings for. */
export class UnfillableSchemaError extends Error {}
/** The judge can't tell, and the schema leaves no room to say so. */
export class CannotTellError extends Error {}

type Schema = Record<string, unknown>;

const DIMENSION_OF: Record<string, "prompt_following" | "quality" | "motion" | "consistency"> = {
  prompt_following: "prompt_following",
  quality: "quality",
  naturalness: "quality",
  artefacts: "quality",
  motion: "motion",
  consistency: "consistency",
};
const CANNOT_TELL = "cannot_tell";
const MOST_DEPTH = 12;

/** A finding on its way into a leaf of the schema. */
type Finding = { kind: "level"; value: number | null } | { kind: "choice"; best: readonly string[] | null };

/**
 * An object of a JSON schema, filled from findings by the names of its properties.
 * @throws UnfillableSchemaError, CannotTellError
 */
export function fillSchema(schema: unknown, findings: Findings): unknown {
  const root = asSchema(schema, "the schema");

  function fill(
    given: Schema,
    name: string,
    inherited: Finding | null,
    reasoning: string,
    depth: number,
  ): unknown {
    if (depth > MOST_DEPTH) throw new UnfillableSchemaError(`${name}: the schema is nested too deeply`);
    const { schema: here, nullable } = resolve(given, root, name);
    const finding = findingFor(name) ?? inherited;
    if ("const" in here) return here.const;
    if (Array.isArray(here.enum)) return choose(here.enum, finding, nullable, name);
    switch (here.type) {
      case "object":
        return Object.fromEntries(
          Object.entries(asSchema(here.properties ?? {}, `${name}.properties`)).map(([key, inner]) => [
            key,
            fill(asSchema(inner, key), key, finding, reasoning, depth + 1),
          ]),
        );
      case "array":
        return fillAnswers(asSchema(here.items ?? {}, `${name}.items`), name, depth);
      case "string": {
        const words = name === "answer" && findings.answer !== undefined ? findings.answer : reasoning;
        if (words === null) return cannotTell(nullable, name);
        return typeof here.maxLength === "number" ? words.slice(0, here.maxLength) : words;
      }
      case "boolean":
        return decide(finding, nullable, name);
      case "number":
      case "integer":
        return scale(here, finding, nullable, name);
      default:
        throw new UnfillableSchemaError(`${name} has no type this judge can fill`);
    }
  }

  function findingFor(name: string): Finding | null {
    const dimension = DIMENSION_OF[name];
    if (dimension !== undefined) {
      const value = findings[dimension];
      return value === undefined ? null : { kind: "level", value };
    }
    if (name === "verdict" && findings.verdict !== undefined)
      return { kind: "choice", best: findings.verdict };
    if (name === "answer" && findings.answer !== undefined) {
      return { kind: "choice", best: findings.answer === null ? null : [findings.answer] };
    }
    return null;
  }

  function fillAnswers(items: Schema, name: string, depth: number): unknown[] {
    if (name !== "answers" || !findings.answers) {
      throw new UnfillableSchemaError(
        `${name} is a list this judge has nothing for; it fills 'answers' to QUESTIONS:`,
      );
    }
    const { schema: item } = resolve(items, root, name);
    const properties = asSchema(item.properties ?? {}, `${name}.items.properties`);
    return findings.answers.map(({ id, yes, reasoning }) =>
      Object.fromEntries(
        Object.entries(properties).map(([key, inner]) => {
          if (key === "id")
            return [key, resolve(asSchema(inner, key), root, key).schema.type === "string" ? String(id) : id];
          const best = yes === null ? null : yes >= 0.5 ? ["yes", "no"] : ["no", "yes"];
          return [key, fill(asSchema(inner, key), key, { kind: "choice", best }, reasoning, depth + 1)];
        }),
      ),
    );
  }

  return fill(root, "the schema", null, findings.reasoning, 0);
}

function asSchema(value: unknown, name: string): Schema {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UnfillableSchemaError(`${name} is not a JSON schema object`);
  }
  return value as Schema;
}

/** Follows $ref and picks what is not null of a choice. */
function resolve(given: Schema, root: Schema, name: string): { schema: Schema; nullable: boolean } {
  let schema = given;
  let nullable = false;
  for (let hops = 0; hops < MOST_DEPTH; hops += 1) {
    const options = schema.anyOf ?? schema.oneOf;
    if (typeof schema.$ref === "string") {
      const path = schema.$ref.replace(/^#\//, "").split("/");
      const found = path.reduce<unknown>((at, part) => (at as Schema | undefined)?.[part], root);
      schema = asSchema(found, `${name}: ${schema.$ref}`);
    } else if (Array.isArray(options)) {
      nullable ||= options.some((option) => asSchema(option, name).type === "null");
      const first = options.find((option) => asSchema(option, name).type !== "null") as unknown;
      schema = asSchema(first, name);
    } else if (Array.isArray(schema.type)) {
      nullable ||= schema.type.includes("null");
      schema = { ...schema, type: schema.type.find((type) => type !== "null") };
    } else {
      return { schema, nullable };
    }
  }
  throw new UnfillableSchemaError(`${name} refers to itself`);
}

const spelled = (value: string) =>
  value
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");

function choose(
  options: readonly unknown[],
  finding: Finding | null,
  nullable: boolean,
  name: string,
): unknown {
  const words = options.filter((option) => typeof option === "string");
  const open = words.filter((word) => spelled(word) !== CANNOT_TELL);
  const unsure = () => {
    const said = words.find((word) => spelled(word) === CANNOT_TELL);
    return said ?? cannotTell(nullable || options.includes(null), name);
  };
  if (finding === null || open.length === 0) throw unknownProperty(name);
  if (finding.kind === "level") {
    if (finding.value === null) return unsure();
    return open[Math.min(open.length - 1, Math.floor(finding.value * open.length))];
  }
  if (finding.best === null) return unsure();
  const fitting = finding.best.map((value) => open.find((word) => spelled(word) === spelled(value)));
  const chosen = fitting.find((word) => word !== undefined);
  if (chosen === undefined)
    throw new UnfillableSchemaError(
      `${name} offers ${open.join(", ")}, none of which fits ${finding.best[0]}`,
    );
  return chosen;
}

function decide(finding: Finding | null, nullable: boolean, name: string): boolean | null {
  if (finding === null) throw unknownProperty(name);
  if (finding.kind === "level")
    return finding.value === null ? cannotTell(nullable, name) : finding.value >= 0.5;
  return finding.best === null ? cannotTell(nullable, name) : spelled(finding.best[0]) === "yes";
}

function scale(schema: Schema, finding: Finding | null, nullable: boolean, name: string): number | null {
  if (finding?.kind !== "level") throw unknownProperty(name);
  const { minimum = 0, maximum = 1 } = schema;
  if (typeof minimum !== "number" || typeof maximum !== "number" || minimum >= maximum) {
    throw new UnfillableSchemaError(`${name} needs a minimum below its maximum`);
  }
  if (finding.value === null) return cannotTell(nullable, name);
  const value = minimum + finding.value * (maximum - minimum);
  return schema.type === "integer" ? Math.round(value) : value;
}

function cannotTell(nullable: boolean, name: string): null {
  if (nullable) return null;
  throw new CannotTellError(name);
}

function unknownProperty(name: string): UnfillableSchemaError {
  return new UnfillableSchemaError(
    `${name} is no property this judge can fill for this request; it knows prompt_following, quality, naturalness and artefacts ` +
      "(one image and PROMPT:), verdict (two images and PROMPT:), answers (QUESTIONS:) and answer (one question)",
  );
}
