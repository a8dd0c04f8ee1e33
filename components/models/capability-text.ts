import { day, dollars, duration } from "@/components/format";
import type {
  Capability,
  FileMetadata,
  OrderOutcome,
  SeedVerdict,
} from "@/lib/schemas/endpoints/capabilities";

const SEED_MEANING: Record<SeedVerdict, string> = {
  honoured: "honoured: the same seed gives the same image",
  roughly: "honoured roughly: the same seed gives a similar image, not the same one",
  ignored: "ignored: images cannot be repeated",
  fixed: "ignored: all samples of a prompt may be the same image",
  none: "not taken: images cannot be repeated",
  unknown: "not known",
};

const METADATA_NAMES: Record<FileMetadata, string> = {
  exif: "EXIF",
  xmp: "XMP",
  iptc: "IPTC",
  c2pa: "C2PA",
  text: "text",
  comment: "a comment",
};

const OUTCOME_MEANING: Record<OrderOutcome, string> = {
  ok: "worked",
  refused: "refused by its moderation",
  rate_limited: "turned away: asked too fast",
  out_of_credit: "turned away: no credit",
  loading: "its model was loading",
  invalid: "something has to be changed first",
  timeout: "no answer in time",
  transient: "broke down",
};

/** What an endpoint was found to do, as labelled facts; what is not known of it is left out. */
export function capabilityFacts(capability: Capability): [label: string, value: string][] {
  const { calls, seed, transparent, mediaType, testedAt, outcome } = capability;
  const facts: [string, string | null][] = [
    ["Tested", `${day(testedAt)}, ${OUTCOME_MEANING[outcome]}`],
    ["Size", sizeText(capability.size)],
    ["Seed", seed.verdict === "unknown" && outcome !== "ok" ? null : SEED_MEANING[seed.verdict]],
    ["Took", calls.map(({ latencyMs }) => duration(latencyMs)).join(", ")],
    ["Cost", costText(calls)],
    ["Transparency", transparent === null ? null : transparent ? "has some: laid on white here" : "none"],
    ["In its files", mediaType === null ? null : metadataText(capability)],
  ];
  return facts.filter((fact): fact is [string, string] => fact[1] !== null);
}

function sizeText({ asked, came, verdict }: Capability["size"]): string | null {
  if (verdict === null) return null;
  if (verdict === "exact") return `honoured, ${asked}`;
  return `${verdict === "shape" ? "shape honoured" : "not honoured"}: ${asked} asked for, ${came} came`;
}

function costText(calls: Capability["calls"]): string | null {
  const told = calls.flatMap(({ costUsd }) => costUsd ?? []);
  if (told.length === 0) return null;
  return `${dollars(told.reduce((sum, each) => sum + each, 0) / told.length)} an image, as it says`;
}

function metadataText({ metadata, textKeys }: Capability): string {
  if (metadata.length === 0) return "nothing but the picture";
  const names = metadata.map((kind) =>
    kind === "text" && textKeys.length > 0 ? `text (${textKeys.join(", ")})` : METADATA_NAMES[kind],
  );
  return names.join(", ");
}
