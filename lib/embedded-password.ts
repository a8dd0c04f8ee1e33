import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { SalonError } from "@/lib/errors";

/** Where the password of an embedded database lies: beside its folder, readable by whoever runs Salon alone. */
export const passwordFile = (dataDir: string): string => `${dataDir}-password`;

/** A password that needs no quoting, in SQL or in a URL: 32 random bytes in base64url. */
export const makePassword = (): string => randomBytes(32).toString("base64url");

/** The password of an embedded database, or null before its first start. */
export function readPassword(dataDir: string): string | null {
  try {
    return readFileSync(passwordFile(dataDir), "utf8").trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * How a client reaches a database of the embedded server.
 * @throws SalonError when the server never ran, or was another user's
 */
export function embeddedUrl(dataDir: string, port: number, database: string): string {
  let password: string | null;
  try {
    password = readPassword(dataDir);
  } catch (cause) {
    const message = `${passwordFile(dataDir)} cannot be read: run Salon as the user who started it first.`;
    throw new SalonError("internal", message, { cause });
  }
  if (password === null) {
    throw new SalonError(
      "not_ready",
      `The embedded database has no password yet (${passwordFile(dataDir)}): \`npm start\` makes both.`,
    );
  }
  return `postgresql://postgres:${password}@127.0.0.1:${port}/${database}`;
}
