import type { Asker } from "@/lib/models/visibility";

const MIB = 2 ** 20;

export interface ImportLimits {
  /** Of what is uploaded. */
  bytes: number;
  /** Of what an archive unpacks to. */
  unpacked: number;
  /** Of all text that is read, which is held in memory some times over. */
  text: number;
  prompts: number;
}

/** Reading 8 MiB of text keeps a site's process busy for a second. */
export const VISITOR_LIMITS: ImportLimits = {
  bytes: 32 * MIB,
  unpacked: 64 * MIB,
  text: 8 * MIB,
  prompts: 30_000,
};

const OPERATOR_LIMITS: ImportLimits = {
  bytes: 1024 * MIB,
  unpacked: 1024 * MIB,
  text: 128 * MIB,
  prompts: 100_000,
};

/** Prompt sets, every version counted, that one visitor may have. */
export const SETS_PER_VISITOR = 20;

/** Prompts that all visitors' sets together may have: a gigabyte of rows. */
export const VISITORS_PROMPTS = 1_500_000;

export const limitsOf = (by: Asker): ImportLimits => (by === "operator" ? OPERATOR_LIMITS : VISITOR_LIMITS);
