import { JSONParser } from "@streamparser/json";
import type { Problems } from "@/lib/prompt-files/prompt-file";
import type { Entry } from "@/lib/prompt-files/read-table";

/** Entries of a JSON array, or of an object of objects, whose names are keys then; null, with the problem noted, for anything else. */
export function readJson(text: string, file: string | null, problems: Problems): Entry[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    problems.error("bad_json", { file, line: null, entry: brokenEntry(text) }, saying(error));
    return null;
  }
  if (Array.isArray(value)) {
    return value.flatMap((each, at) => entryOf(each, { line: null, entry: at + 1 }, file, problems));
  }
  const members = isObject(value) ? Object.entries(value) : [];
  if (members.length > 0 && members.every(([, member]) => isObject(member))) {
    return members.flatMap(([key, member], at) =>
      entryOf({ ...(member as object), key }, { line: null, entry: at + 1 }, file, problems),
    );
  }
  return entryOf(value, { line: null, entry: 1 }, file, problems);
}

/** Entries of JSON lines; a line that is none is noted, and the others are read. */
export function readJsonLines(text: string, file: string | null, problems: Problems): Entry[] {
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      problems.error("bad_json", { file, line: at + 1, entry: null }, saying(error));
      return [];
    }
    return entryOf(value, { line: at + 1, entry: null }, file, problems);
  });
}

function entryOf(
  value: unknown,
  place: { line: number | null; entry: number | null },
  file: string | null,
  problems: Problems,
): Entry[] {
  if (typeof value === "string") return [{ fields: { prompt: value }, ...place }];
  if (isObject(value)) return [{ fields: value, ...place }];
  problems.error("not_a_prompt", { file, ...place });
  return [];
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the parser complains of, without the text that it quotes. */
const saying = (error: unknown) => ({
  value: (error as Error).message.replace(/(, ".*| in JSON.*)$/s, "").slice(0, 80),
});

/** From which entry on an array, or an object's members, is no JSON: the parser of the language does not say. */
function brokenEntry(text: string): number {
  const parser = new JSONParser({ paths: ["$.*"], keepStack: false });
  let entries = 0;
  parser.onValue = () => void entries++;
  parser.onError = () => {};
  try {
    parser.write(text);
  } catch {
    // It says so twice.
  }
  return entries + 1;
}
