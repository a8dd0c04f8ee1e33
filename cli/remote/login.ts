import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { z } from "zod";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { FileError } from "@/lib/media/files/file-error";
import { orExit } from "../metric-input";
import { keepOfSite, readOfSite, TOKEN_FILE } from "./per-site-file";
import { siteAddress, siteClient } from "./site-client";

interface LoginFlags {
  tokenFile?: string;
  tokens: string;
}

/** Adds `salon login` and `salon logout`: a token of an account on a running Salon, kept for the commands that speak to it. */
export function registerLogin(program: Command): void {
  program
    .command("login")
    .description(
      "Keep a token of your account on a running Salon, made at /account/tokens, for salon submit and salon runs.",
    )
    .argument("<url>", "address of the Salon")
    .option("--token-file <file>", "file that holds the token (default: SALON_TOKEN, or you are asked)")
    .option("--tokens <file>", "where it is kept", TOKEN_FILE)
    .action((url: string, flags: LoginFlags) => orExit(() => logIn(url, flags)));
  program
    .command("logout")
    .description("Forget the token of a running Salon. Revoke it on the site to close it for good.")
    .argument("<url>", "address of the Salon")
    .option("--tokens <file>", "where it is kept", TOKEN_FILE)
    .action((url: string, flags: LoginFlags) => orExit(() => logOut(url, flags)));
}

async function logIn(url: string, flags: LoginFlags): Promise<string> {
  const { base, origin } = siteAddress(url);
  const token = await givenToken(flags);
  const site = siteClient({ server: url, session: "", tokens: "", token });
  // Any answer but a 401 says that the token is one: it need not be for reading.
  await site.call("/api/v1/boards", z.unknown()).catch((error: unknown) => {
    if (!(error instanceof SalonError) || error.code !== "forbidden") throw error;
  });
  await keepOfSite(flags.tokens, origin, token);
  const { protocol, hostname } = new URL(base);
  if (protocol === "http:" && !/^(localhost|127\..*|\[::1\])$/.test(hostname))
    console.error(`Note: ${base} is not https, so that others on the way can read the token.`);
  console.error(`${base} knows you by this token from now on. It is kept in ${flags.tokens}.`);
  return "";
}

async function logOut(url: string, { tokens }: LoginFlags): Promise<string> {
  const { base, origin } = siteAddress(url);
  const known = await readOfSite(tokens, origin);
  if (known !== null) await keepOfSite(tokens, origin, null);
  console.error(
    known === null
      ? `No token of ${base} is kept in ${tokens}.`
      : `The token of ${base} is forgotten here. It still opens the site until you revoke it at ${base}/account/tokens.`,
  );
  return "";
}

/** @throws SalonError invalid_request where there is none, or it has not the form of one */
async function givenToken({ tokenFile }: LoginFlags): Promise<string> {
  const text =
    tokenFile === undefined ? (env().SALON_TOKEN ?? (await ask())) : await readTokenFile(tokenFile);
  const token = text.trim();
  if (!/^salon_[\w-]{32}$/.test(token))
    throw new SalonError("invalid_request", "That is no token: one begins with salon_ and is copied whole.");
  return token;
}

const readTokenFile = (file: string) =>
  readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new FileError(file, `cannot be read (${error.code}).`, { cause: error });
  });

/** Ask at the terminal, without showing what is typed. */
async function ask(): Promise<string> {
  if (!process.stdin.isTTY)
    throw new SalonError("invalid_request", "Which token? Give --token-file FILE, or set SALON_TOKEN.");
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  process.stderr.write("Token: ");
  try {
    return await lines.question("");
  } finally {
    lines.close();
    process.stderr.write("\n");
  }
}
