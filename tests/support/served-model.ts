import { readFileSync } from "node:fs";
import path from "node:path";
import type { Db } from "@/lib/db/client";
import { addModel } from "@/lib/models/add-model";
import { joinBoards } from "./join-boards";

/** A model that ships with Salon, listed and called at a backend, with the card that lies beside its weights. */
export function addServedModel(slug: string, backendUrl: string, db: Db) {
  const card = JSON.parse(readFileSync(path.resolve("generation/models", slug, "card.json"), "utf8")) as {
    name: string;
  };
  const facts = { slug, name: card.name, creator: "Salon", modality: "TEXT_TO_IMAGE" } as const;
  const endpoint = { providerModel: slug, apiKey: null } as const;
  return db.$transaction(async (tx) => {
    const model = await addModel(
      { ...facts, card, bundled: true, listed: true },
      { ...endpoint, baseUrl: `${backendUrl}/v1`, concurrency: 4, imageSize: "64x64" },
      tx,
    );
    await joinBoards(tx);
    return model;
  });
}
