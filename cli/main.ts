import { Command } from "commander";
import { SalonError } from "@/lib/errors";
import { registerAudit } from "./audit";
import { registerAccounts } from "./accounts";
import { registerBackup } from "./backup";
import { registerBoards } from "./boards";
import { registerDoctor } from "./doctor";
import { registerEncoders } from "./encoders";
import { registerEval } from "./eval";
import { registerFd } from "./fd";
import { registerFeatures } from "./features";
import { registerGate } from "./gate";
import { registerGeneration } from "./generation";
import { registerInstallation } from "./installation";
import { registerJudges } from "./judges";
import { registerMetrics } from "./metrics";
import { registerModels } from "./models";
import { registerModelsAdd } from "./models-add";
import { registerPostgres } from "./postgres";
import { registerPrompts } from "./prompts";
import { registerQuestions } from "./questions";
import { registerRate } from "./rate";
import { registerReferences } from "./references";
import { registerLogin } from "./remote/login";
import { registerSubmit } from "./remote/submit";
import { registerRuns } from "./runs";
import { registerSamples } from "./samples";
import { registerSeed } from "./seed";
import { registerSettings } from "./settings";
import { registerSnapshot } from "./snapshot";
import { registerStart } from "./start/start";
import { registerVotes } from "./votes";
import { registerWeb } from "./web";
import { registerWebhooks } from "./webhooks";
import { registerWorker } from "./worker";

const program = new Command("salon").description(
  "Evaluation and leaderboards for models that generate images and videos.",
);
registerStart(program);
registerSeed(program);
registerDoctor(program);
registerWeb(program);
registerWorker(program);
registerGeneration(program);
registerPostgres(program);
registerRate(program);
registerVotes(program);
registerBoards(program);
registerSnapshot(program);
registerSettings(program);
registerFd(program);
registerMetrics(program);
registerEval(program);
registerGate(program);
registerSubmit(program);
registerLogin(program);
registerFeatures(program);
registerEncoders(program);
registerReferences(program);
registerModelsAdd(registerModels(program));
registerPrompts(program);
registerRuns(program);
registerSamples(program);
registerJudges(program);
registerQuestions(program);
registerWebhooks(program);
registerInstallation(program);
registerAccounts(program);
registerBackup(program);
registerAudit(program);

// Commands on the database: one of another version is refused before they read or write anything.
const ON_DATABASE = new Set(
  ["audit", "settings", "votes", "boards", "snapshot", "references", "models", "prompts", "runs", "samples", "judges", "questions", "webhooks"], // prettier-ignore
);
/** What speaks to a running Salon over HTTP instead. */
const REMOTE = new Set(["runs wait", "runs show"]);
program.hook("preAction", async (_, action) => {
  if (REMOTE.has(`${action.parent?.name()} ${action.name()}`)) return;
  if (!namesOf(action).some((name) => ON_DATABASE.has(name))) return;
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
