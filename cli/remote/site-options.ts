import type { Command } from "commander";
import { SESSION_FILE, TOKEN_FILE } from "./per-site-file";

/** Adds the options that say which Salon is meant, and as whom. */
export function withSiteOptions(command: Command): Command {
  return command
    .option("--server <url>", "address of the Salon (default: SALON_URL)")
    .option("--session <file>", "where it is kept under whom the site knows you", SESSION_FILE)
    .option("--tokens <file>", "where the tokens of salon login are kept", TOKEN_FILE);
}
