import { Argument, InvalidArgumentError, type Command } from "commander";
import { parseQuota, QUOTA_KEYS, type QuotaKey } from "@/lib/access/quotas";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { db } from "@/lib/db/client";
import type { SettingsChange } from "@/lib/schemas/settings";
import { changeSettings, readSettings } from "@/lib/settings/change-settings";

const VALUES = { on: true, off: false } as const;
const NAMES = [...SETTINGS, ...QUOTA_KEYS];

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
      "set one, from the next request on: on or off, a quota (visitor.runs) to a number or none; default: as the environment says",
    )
    .addArgument(new Argument("<name>").choices(NAMES))
    .argument("<value>", "on, off, a number, none or default")
    .action(async (name: Setting | QuotaKey, value: string) => {
      try {
        await changeSettings({ change: changeOf(name, value), by: "operator" });
        await show();
      } finally {
        await db().$disconnect();
      }
    });
}

/** What is to be changed. @throws InvalidArgumentError */
function changeOf(name: Setting | QuotaKey, value: string): SettingsChange {
  if (isSwitch(name)) {
    if (value === "default") return { [name]: null };
    if (value !== "on" && value !== "off") throw new InvalidArgumentError(`${name} is on, off or default.`);
    return { [name]: VALUES[value] };
  }
  if (value === "default") return { quotas: { [name]: null } };
  const bound = parseQuota(value);
  if (bound === undefined) throw new InvalidArgumentError(`${name} is a number from 0 on, none or default.`);
  return { quotas: { [name]: bound ?? "none" } };
}

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
}
