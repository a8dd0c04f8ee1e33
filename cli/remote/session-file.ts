import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { FileError } from "@/lib/media/files/file-error";

/** Where sessions are kept unless told otherwise. */
export const SESSION_FILE = path.join(homedir(), ".config", "salon", "sessions.json");

const sessions = z.record(z.string(), z.string());

/** The cookie under which a site knows this user, by the site's origin; null: none yet. */
export async function readSession(file: string, origin: string): Promise<string | null> {
  return (await readAll(file))[origin] ?? null;
}

/** Keeps a cookie for whoever runs the next command as this user, and for nobody else. */
export async function keepSession(file: string, origin: string, cookie: string): Promise<void> {
  const all = { ...(await readAll(file)), [origin]: cookie };
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
    return sessions.parse(JSON.parse(text));
  } catch (error) {
    throw new FileError(file, "is no file of sessions: remove it, and a new one is made.", { cause: error });
  }
}
