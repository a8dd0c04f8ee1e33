import { Command } from "commander";
import { SalonError } from "@/lib/errors";
import { COMMANDS, registerCommands } from "./commands";

const program = new Command("salon").description(
  "Evaluation and leaderboards for models that generate images and videos.",
);
await registerCommands(program, process.argv.slice(2));

/** What speaks to a running Salon over HTTP instead. */
const REMOTE = new Set(["runs wait", "runs show"]);
program.hook("preAction", async (_, action) => {
  if (REMOTE.has(`${action.parent?.name()} ${action.name()}`)) return;
  const called = namesOf(action);
  if (!COMMANDS.some(({ names, onDatabase }) => onDatabase && names.some((name) => called.includes(name))))
    return;
  const [{ db }, { assertSchema }] = await Promise.all([
    import("@/lib/db/client"),
    import("@/lib/db/check-schema"),
  ]);
  await assertSchema(db());
});

/** A command's own name and those of the commands it belongs to. */
function namesOf(command: Command): string[] {
  return command.parent === null ? [command.name()] : [command.name(), ...namesOf(command.parent)];
}

program.parseAsync().catch((error: unknown) => {
  // What a person can act on is a sentence; only the unforeseen gets a stack.
  const expected = error instanceof SalonError || (error instanceof Error && error.constructor === Error);
  console.error(expected ? error.message : error);
  process.exit(1);
});
