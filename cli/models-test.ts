import { setTimeout as wait } from "node:timers/promises";
import type { Command } from "commander";
import { capabilityFacts } from "@/components/models/capability-text";
import { db } from "@/lib/db/client";
import { assertInstallation } from "@/lib/installation/check-installation";
import { readTest } from "@/lib/models/probe/capabilities";
import { requestTest } from "@/lib/models/probe/request-test";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";

/** Between two looks whether the worker is done. */
const LOOK_MS = 1_000;

/** Adds `test` to `salon models`. */
export function registerModelsTest(models: Command): void {
  models
    .command("test")
    .description(
      "have a worker test a model's endpoint by three images on its owner's bill, and wait for it: size, seeds, latency, transparency, metadata",
    )
    .argument("<model>", "slug")
    .option("--json", "print JSON", false)
    .action(async (slug: string, { json }: { json: boolean }) => {
      try {
        await assertInstallation(db());
        const asked = Date.now();
        const { modelId } = await requestTest({ slug, by: "operator" });
        console.error("Waiting for a worker ...");
        for (;;) {
          const found = await readTest({ modelId });
          if (found !== null && Date.parse(found.capability.testedAt) >= asked) {
            const { capability, failure } = found;
            console.log(json ? JSON.stringify(capability, null, 2) : testText(failure ?? "It works.", capability)); // prettier-ignore
            if (failure !== null) process.exitCode = 1;
            return;
          }
          await wait(LOOK_MS);
        }
      } finally {
        await db().$disconnect();
      }
    });
}

/** What a test found, one fact a line. */
export function testText(message: string, capability: Capability): string {
  const facts = capabilityFacts(capability).map(([label, value]) => `${`${label}:`.padEnd(14)} ${value}`);
  return [message, ...facts].join("\n");
}
