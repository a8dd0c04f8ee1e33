import { expect, test } from "vitest";
import { newId } from "@/lib/db/new-id";
import { keysInAddresses } from "@/lib/installation/keys-in-addresses";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

test("models whose stored address holds a key are named, others are not", async () => {
  const add = (slug: string, baseUrl: string) =>
    database.db.model.create({
      data: {
        id: newId("model"),
        ...{ slug, name: slug, creator: "Tests", modality: "TEXT_TO_IMAGE" },
        endpoint: {
          create: { id: newId("endpoint"), baseUrl, providerModel: "m" },
        },
      },
    });
  await add("safe", "https://host.example/v1?api-version=2024-02-01");
  await add("open", "https://host.example/v1?api_key=s3cret");
  expect(await keysInAddresses(database.db)).toEqual(["model open"]);
});
