import type { Command } from "commander";

type Register = (program: Command) => void;

/**
 * Every command with the module that adds it, in the order of `salon --help`. Only the module of the command that is called is loaded:
 * all of them together take seconds of a processor, and `salon start` starts five commands.
 */
export const COMMANDS: {
  names: string[];
  /** Works on the database, and is refused on one of another version before it reads or writes anything. */
  onDatabase?: true;
  load: () => Promise<Register>;
}[] = [
  { names: ["start"], load: async () => (await import("./start/start")).registerStart },
  { names: ["seed"], load: async () => (await import("./seed")).registerSeed },
  { names: ["doctor"], load: async () => (await import("./doctor")).registerDoctor },
  { names: ["web"], load: async () => (await import("./web")).registerWeb },
  { names: ["worker"], load: async () => (await import("./worker")).registerWorker },
  { names: ["generation"], load: async () => (await import("./generation")).registerGeneration },
  { names: ["postgres"], load: async () => (await import("./postgres")).registerPostgres },
  { names: ["rate"], load: async () => (await import("./rate")).registerRate },
  { names: ["votes"], onDatabase: true, load: async () => (await import("./votes")).registerVotes },
  { names: ["boards"], onDatabase: true, load: async () => (await import("./boards")).registerBoards },
  { names: ["snapshot"], onDatabase: true, load: async () => (await import("./snapshot")).registerSnapshot },
  { names: ["settings"], onDatabase: true, load: async () => (await import("./settings")).registerSettings },
  { names: ["fd"], load: async () => (await import("./fd")).registerFd },
  { names: ["metrics"], load: async () => (await import("./metrics")).registerMetrics },
  { names: ["eval"], load: async () => (await import("./eval")).registerEval },
  { names: ["gate"], load: async () => (await import("./gate")).registerGate },
  { names: ["catalogue"], load: async () => (await import("./catalogue")).registerCatalogue },
  { names: ["submit"], load: async () => (await import("./remote/submit")).registerSubmit },
  { names: ["login", "logout"], load: async () => (await import("./remote/login")).registerLogin },
  { names: ["features"], load: async () => (await import("./features")).registerFeatures },
  { names: ["encoders"], load: async () => (await import("./encoders")).registerEncoders },
  {
    names: ["references"],
    onDatabase: true,
    load: async () => (await import("./references")).registerReferences,
  },
  { names: ["models"], onDatabase: true, load: async () => (await import("./models")).registerModels },
  { names: ["prompts"], onDatabase: true, load: async () => (await import("./prompts")).registerPrompts },
  { names: ["runs"], onDatabase: true, load: async () => (await import("./runs")).registerRuns },
  { names: ["samples"], onDatabase: true, load: async () => (await import("./samples")).registerSamples },
  {
    names: ["moderation"],
    onDatabase: true,
    load: async () => (await import("./moderation")).registerModeration,
  },
  { names: ["judges"], onDatabase: true, load: async () => (await import("./judges")).registerJudges },
  {
    names: ["questions"],
    onDatabase: true,
    load: async () => (await import("./questions")).registerQuestions,
  },
  { names: ["webhooks"], onDatabase: true, load: async () => (await import("./webhooks")).registerWebhooks },
  { names: ["secret", "artifacts"], load: async () => (await import("./installation")).registerInstallation },
  { names: ["keys"], onDatabase: true, load: async () => (await import("./keys")).registerKeys },
  { names: ["owner", "accounts"], load: async () => (await import("./accounts")).registerAccounts },
  { names: ["backup", "restore"], load: async () => (await import("./backup")).registerBackup },
  { names: ["storage"], onDatabase: true, load: async () => (await import("./storage")).registerStorage },
  { names: ["queue"], onDatabase: true, load: async () => (await import("./queue")).registerQueue },
  { names: ["privacy"], onDatabase: true, load: async () => (await import("./privacy")).registerPrivacy },
  { names: ["audit"], onDatabase: true, load: async () => (await import("./audit")).registerAudit },
];

/**
 * Add to the program what was called, or every command where that is not clear: for help, and for a name that does not exist.
 * @param args what stands behind `salon`
 */
export async function registerCommands(program: Command, args: string[]): Promise<void> {
  const called = COMMANDS.filter(({ names }) => names.includes(args[0] ?? ""));
  for (const { load } of called.length > 0 ? called : COMMANDS) (await load())(program);
}
