import { Command } from "commander";
import { vi } from "vitest";

export interface CommandResult {
  /** What it printed on stdout, what it complained of, and its exit code. */
  out: string;
  error: string;
  code: number;
}

/**
 * `salon` in this process, as a person types it, with the commands that are registered.
 * @param registers what cli/commands.ts loads for each command
 */
export function salonCommand(
  ...registers: ((program: Command) => void)[]
): (...args: string[]) => Promise<CommandResult> {
  return async (...args) => {
    let [out, error] = ["", ""];
    const written = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((chunk) => ((out += String(chunk)), true));
    const logged = vi
      .spyOn(console, "log")
      .mockImplementation((message: unknown) => void (out += `${String(message)}\n`));
    const complained = vi
      .spyOn(console, "error")
      .mockImplementation((message: unknown) => void (error += String(message)));
    const program = new Command("salon");
    for (const register of registers) register(program);
    const before = process.exitCode;
    process.exitCode = 0;
    try {
      await program.parseAsync(["node", "salon", ...args]);
      return { out, error, code: Number(process.exitCode) };
    } finally {
      process.exitCode = before;
      written.mockRestore();
      logged.mockRestore();
      complained.mockRestore();
    }
  };
}
