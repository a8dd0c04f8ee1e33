import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { FileError } from "@/lib/media/files/file-error";

const FOLDER = path.join(homedir(), ".config", "salon");

/** Where the cookies of sites are kept unless told otherwise, and where the tokens of `salon login` are. */
export const SESSION_FILE = path.join(FOLDER, "sessions.json");
export const TOKEN_FILE = path.join(FOLDER, "tokens.json");

const perSite = z.record(z.string(), z.string());

/** By what a site knows this user, under the site's origin; null: nothing yet. */
export async function readOfSite(file: string, origin: string): Promise<string | null> {
  return (await readAll(file))[origin] ?? null;
}

/** Keeps it for whoever runs the next command as this user, and for nobody else; null forgets it. */
export async function keepOfSite(file: string, origin: string, value: string | null): Promise<void> {
  const { [origin]: _, ...others } = await readAll(file);
  const all = value === null ? others : { ...others, [origin]: value };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
  await chmod(part, 0o600);
  await rename(part, file);
}

async function readAll(file: string): Promise<Record<string, string>> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "{}";
    throw new FileError(file, `cannot be read (${error.code}).`, { cause: error });
  });
  try {
    return perSite.parse(JSON.parse(text));
  } catch (error) {
    throw new FileError(file, "is not as Salon writes it: remove it, and a new one is made.", {
      cause: error,
    });
  }
}
