import { readFileSync } from "node:fs";
import { Argument, InvalidArgumentError, type Command } from "commander";
import { parseQuota, QUOTA_KEYS, type QuotaKey } from "@/lib/access/quotas";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { db } from "@/lib/db/client";
import { settingsChange, type SettingsChange } from "@/lib/schemas/administration/settings";
import { LOOK_NAMES, type LookName } from "@/lib/schemas/administration/site-look";
import { changeSettings, readSettings } from "@/lib/settings/change-settings";
import { changeLogo } from "@/lib/settings/logo";
import { parseTyped } from "./endpoint-flags";

const VALUES = { on: true, off: false } as const;
const NAMES = [...SETTINGS, ...QUOTA_KEYS, ...LOOK_NAMES];

/** Adds `salon settings`: what people without an account may do on the site, and how much of what each role may use. */
export function registerSettings(program: Command): void {
  const settings = program
    .command("settings")
    .description("what people without an account may do on the site, and what each role may use");
  settings
    .command("list")
    .description("show the settings as they hold now")
    .action(() => show().finally(() => db().$disconnect()));
  settings
    .command("set")
    .description(
      "set one, from the next request on: on or off, a quota (visitor.runs) to a number or none, a text or @FILE; default: as the environment says",
    )
    .addArgument(new Argument("<name>").choices(NAMES))
    .argument("<value>", "on, off, a number, none, a text, slugs separated by commas, or default")
    .action(async (name: Setting | QuotaKey | LookName, value: string) => {
      try {
        await changeSettings({ change: changeOf(name, value), by: "operator" });
        await show();
      } finally {
        await db().$disconnect();
      }
    });
  settings
    .command("logo")
    .description("give the site a logo of its own, or Salon's mark again")
    .argument("<file>", "a PNG, JPEG or WebP image, or none")
    .action(async (file: string) => {
      try {
        await changeLogo({ bytes: file === "none" ? null : readFileSync(file), by: "operator" });
        await show();
      } finally {
        await db().$disconnect();
      }
    });
}

/** What is to be changed. @throws InvalidArgumentError */
function changeOf(name: Setting | QuotaKey | LookName, value: string): SettingsChange {
  if (isSwitch(name)) {
    if (value === "default") return { [name]: null };
    if (value !== "on" && value !== "off") throw new InvalidArgumentError(`${name} is on, off or default.`);
    return { [name]: VALUES[value] };
  }
  if (isLook(name)) return parseTyped(settingsChange, { [name]: lookValue(name, value) });
  if (value === "default") return { quotas: { [name]: null } };
  const bound = parseQuota(value);
  if (bound === undefined) throw new InvalidArgumentError(`${name} is a number from 0 on, none or default.`);
  return { quotas: { [name]: bound ?? "none" } };
}

function lookValue(name: LookName, value: string): string | string[] | boolean | null {
  if (value === "default") return null;
  if (name === "homeBoards") return value.split(",").map((slug) => slug.trim());
  if (name !== "toybox") return value.startsWith("@") ? readFileSync(value.slice(1), "utf8") : value;
  if (value !== "on" && value !== "off") throw new InvalidArgumentError("toybox is on, off or default.");
  return VALUES[value];
}

const isLook = (name: string): name is LookName => (LOOK_NAMES as string[]).includes(name);

const isSwitch = (name: string): name is Setting => (SETTINGS as readonly string[]).includes(name);

async function show(): Promise<void> {
  const settings = await readSettings();
  const say = (name: string, value: string, isSet: boolean) =>
    console.log(`${name}: ${value}${isSet ? "" : " (as the environment says)"}`);
  for (const name of SETTINGS) say(name, settings[name].value ? "on" : "off", settings[name].isSet);
  for (const key of QUOTA_KEYS) {
    const { value, isSet } = settings.quotas[key];
    say(key, value === null ? "none" : String(value), isSet);
  }
  console.log(`logo: ${settings.logo ?? "(not set)"}`);
  for (const name of LOOK_NAMES) {
    const value = settings.look[name];
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    console.log(
      `${name}: ${value === null ? "(not set)" : text.length > 80 ? `${text.slice(0, 80)}...` : text}`,
    );
  }
}
