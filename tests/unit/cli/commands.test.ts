import { Command } from "commander";
import { expect, test } from "vitest";
import { COMMANDS, registerCommands } from "@/cli/commands";

const namesAfter = async (...args: string[]) => {
  const program = new Command("salon");
  await registerCommands(program, args);
  return program.commands.map((command) => command.name());
};

test("a command that is called is found in its module, alone", async () => {
  for (const { names } of COMMANDS) {
    for (const name of names) expect(await namesAfter(name, "list")).toEqual(names);
  }
}, 120_000);

test("help, and a command that does not exist, know every command", async () => {
  const all = COMMANDS.flatMap(({ names }) => names);
  expect(new Set(all).size).toBe(all.length);
  for (const args of [[], ["--help"], ["help", "votes"], ["vote"]]) {
    expect(await namesAfter(...args)).toEqual(all);
  }
}, 120_000);
