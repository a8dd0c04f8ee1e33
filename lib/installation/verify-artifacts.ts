import { checkArtifact } from "@/lib/artifacts/store";
import type { Tx } from "@/lib/db/client";

export interface ArtifactsReport {
  artifacts: number;
  /** Whose file is not there, or has other bytes than its name says, by sha256. */
  missing: string[];
  damaged: string[];
}

const PAGE = 1_000;

/** Read every artifact that the database knows and compare its bytes with its name. */
export async function verifyArtifacts(
  tx: Tx,
  onChecked: (artifacts: number) => void = () => {},
): Promise<ArtifactsReport> {
  const report: ArtifactsReport = { artifacts: 0, missing: [], damaged: [] };
  for (let after = ""; ;) {
    const page = await tx.artifact.findMany({
      select: { sha256: true },
      where: { sha256: { gt: after } },
      orderBy: { sha256: "asc" },
      take: PAGE,
    });
    for (const { sha256 } of page) {
      const state = await checkArtifact(sha256);
      if (state !== "whole") report[state].push(sha256);
      report.artifacts += 1;
      onChecked(report.artifacts);
    }
    if (page.length < PAGE) return report;
    after = page[page.length - 1].sha256;
  }
}
