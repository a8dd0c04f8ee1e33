import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { z } from "zod";

/** A model folder's card, read but not checked. */
export interface RawCard {
  file: string;
  json: object;
}

/**
 * Every card.json one folder below `dir`, by folder name.
 * @throws Error naming the card that is no JSON object, or whose id is not its folder's name
 */
export async function readCards(dir: string): Promise<RawCard[]> {
  const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
  const names = entries.filter((each) => each.isDirectory()).map(({ name }) => name);
  const cards: RawCard[] = [];
  for (const name of names.sort((a, b) => (a < b ? -1 : 1))) {
    const file = path.join(dir, name, "card.json");
    if (!existsSync(file)) continue;
    const json = await readJson(file);
    if ("id" in json && json.id !== name) {
      throw new Error(`${file}: id is '${String(json.id)}', not the folder's name.`);
    }
    cards.push({ file, json });
  }
  return cards;
}

/** @throws Error naming a file that is no JSON object */
async function readJson(file: string): Promise<object> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
  if (typeof json !== "object" || json === null) throw new Error(`${file} is not a JSON object.`);
  return json;
}

/** @throws Error naming the card and each field that is not as it should be */
export function parseCard<Schema extends z.ZodType>(
  schema: Schema,
  { json, file }: RawCard,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`${file} is not the card it should be:\n${lines.join("\n")}`);
}
