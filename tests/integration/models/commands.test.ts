import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import type { ManagedModel } from "@/lib/schemas/administration/managed-models";
import { registerJudges } from "../../../cli/judges";
import { registerModels } from "../../../cli/models";
import { addBoard, useDataFolder } from "../../support/evaluation-world";
import { addPublishedRun } from "../../support/judging-world";
import { salonCommand } from "../../support/salon-command";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const salon = salonCommand(registerModels, registerJudges);
beforeAll(async () => {
  // Commands end their connection, as processes of their own do: the next one opens it anew.
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const board = await addBoard(database.db, 1);
  await addPublishedRun(database.db, board, "operators");
  const visitors = { submitterId: "vtr_visitor", listed: false, review: "WAITING" } as const;
  const { modelId } = await addPublishedRun(database.db, board, "visitors", visitors);
  await database.db.run.updateMany({ where: { modelId }, data: { listsModel: true } });
  const address = { baseUrl: "https://host.example:8443/v1", providerModel: "x" };
  await database.db.endpoint.create({
    data: { id: newId("endpoint"), modelId, ...address },
  });
  const facts = { name: "J", creator: "x", baseUrl: "http://x", providerModel: "x", rubrics: [] };
  await database.db.judge.create({
    data: { id: newId("judge"), slug: "j", ownerId: "vtr_visitor", state: "PAUSED", ...facts },
  });
});
afterAll(() => database.db.$disconnect());

const states = async (...args: string[]) => {
  const { out } = await salon("models", "list", "--json", ...args);
  return (JSON.parse(out) as ManagedModel[]).map(({ slug, state }) => `${slug} ${state}`).sort();
};

test("the operator lists models, reviews, hides, shows and removes them, and admits judges, from the terminal", async () => {
  expect(await states()).toEqual(["operators listed", "visitors waiting"]);
  expect(await states("--waiting")).toEqual(["visitors waiting"]);
  const { out } = await salon("models", "list");
  expect(out).toMatch(
    /^visitors {2}waiting {2}visitor vtr_visitor {2}host\.example:8443 {2}1 run \(published\) {2}0 votes/m,
  );
  expect((await salon("models", "approve", "visitors")).out).toContain("approved, and listed");
  expect(await states()).toEqual(["operators listed", "visitors listed"]);
  await salon("models", "reject", "visitors", "--reason", "It draws squares.");
  expect(await states()).toEqual(["operators listed", "visitors rejected"]);
  await salon("models", "hide", "operators");
  expect(await states()).toEqual(["operators hidden", "visitors rejected"]);
  expect((await salon("models", "show", "operators")).out).toContain("listed again");
  await salon("models", "remove", "visitors");
  expect(await states()).toEqual(["operators listed"]);
  await expect(salon("models", "hide", "visitors")).rejects.toMatchObject({ code: "not_found" });
  await expect(salon("models", "approve", "operators")).rejects.toMatchObject({ code: "conflict" });

  expect((await salon("judges", "list")).out).toContain("visitor, not admitted");
  expect((await salon("judges", "admit", "j")).out).not.toContain("not admitted");
  expect((await salon("judges", "unadmit", "j")).out).toContain("visitor, not admitted");
});
