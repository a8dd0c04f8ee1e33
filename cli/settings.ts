import { Argument, type Command } from "commander";
import { SETTINGS, type Setting } from "@/lib/access/switches";
import { db } from "@/lib/db/client";
import { changeSettings, readSettings } from "@/lib/settings/change-settings";

const VALUES = { on: true, off: false, default: null } as const;

/** Adds `salon settings`: what people without an account may do on the site. */
export function registerSettings(program: Command): void {
  const settings = program
    .command("settings")
    .description("what people without an account may do on the site");
  settings
    .command("list")
    .description("show the settings as they hold now")
    .action(() => show().finally(() => db().$disconnect()));
  settings
    .command("set")
    .description("turn one on or off, from the next request on; default: as the environment says")
    .addArgument(new Argument("<name>").choices(SETTINGS))
    .addArgument(new Argument("<value>").choices(Object.keys(VALUES)))
    .action(async (name: Setting, value: keyof typeof VALUES) => {
      try {
        await changeSettings({ change: { [name]: VALUES[value] }, by: "operator" });
        await show();
      } finally {
        await db().$disconnect();
      }
    });
}

async function show(): Promise<void> {
  const settings = await readSettings();
  for (const name of SETTINGS) {
    const { value, isSet } = settings[name];
    console.log(`${name}: ${value ? "on" : "off"}${isSet ? "" : " (as the environment says)"}`);
  }
}
