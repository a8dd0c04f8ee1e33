import { expect, test } from "vitest";
import { METRIC_CODE_VERSION, protocolKey } from "@/lib/metrics/protocol";
import { DEFINITIONS } from "@/lib/schemas/metrics/definitions";
import { judgeScoreName } from "@/lib/schemas/metrics/judge-score";

/**
 * Stored scores are compared by these hashes: one that changes here takes every score of its metric out of the comparison, which
 * only a new METRIC_CODE_VERSION may do.
 */
const HASHES: Record<string, string> = {
  fd: "411dd33a11b6b8ba5100e3f5718ddcaddc76c331ae97d928ec85388b77cfddd9",
  fd_infinity: "3b5e300b9b879445f6f50444931629d7ba5d59dbd581305c1afbfc0566a19d52",
  kid: "b16259595221b98cb341a9626e045ada9515620dc0c873e5084ceacaf7b3195d",
  pr: "3895375ea12642a9e1000d54304abb5dd41c399d506cb75f7b39319801fa6d7b",
  prdc: "6f079c4819fd7f276f856a0af30a6ac4ed62232de01f58a762fff4c92724af2a",
  is: "305e124ed669eba147461627edc2007e761b29a8a216ff4856922d258f2463b9",
  mmd: "35d1351394f75d8b402ac07a342d289a28119f8924af47d1e77b4d6f1a6adc8a",
  c2st: "fba39f9765e0ab8239d5e70cc59015fdb1152351c8c742ae056177763469d9dd",
  authpct: "62644569dfc7e37b290ce448ca5bd898df255ac9e4c56136b851ed0286ba0169",
  "grader-alignment": "6fa480b449cedaa37a770f10676fbc7a53cb2edbfba45a9efb0455dc1cff605c",
  "contrastive-alignment": "ac51395c057ee609c4e2dfc0c7b8c6921319958cbc98f5cbfff5ee6794539859",
  "temporal-flicker": "06f21804346c9ef96d13e6f65ee96e353a91518ae665fe9fe5b5aae2e8e6ec1c",
  "motion-smoothness": "c0667b92728ab8f33803754f6ba0eea8265b66ed8d93ab85a965596585412e81",
  "dynamic-degree": "07bbb29b4de206b2d5fa33215b0b029580c8e471efca26671e0b444d3741d3ce",
  "judge:toybox-judge:viescore@1": "0e8505c2acd032dc6d3d3f2b5a4face8c66bc7e55052a36eee1a544d533a35f4",
  "judge:toybox-judge:checklist@1:q2": "299282c0c0cd6856ca99134ebecbdd37217d953d01972166a3ba257c71a7b1b3",
};

test("the protocol hash of every metric is what stored scores have", () => {
  expect(METRIC_CODE_VERSION).toBe("1");
  const protocols = DEFINITIONS.flatMap(({ name, protocol }) =>
    protocol === null ? [] : [[name, protocol]],
  );
  // A judge's score is of a protocol of its own.
  const judged = [
    judgeScoreName({ slug: "toybox-judge", rubric: "viescore@1", version: 0 }),
    judgeScoreName({ slug: "toybox-judge", rubric: "checklist@1", version: 2 }),
  ].map((name) => [name, name]);
  const hashes = [...protocols, ...judged].map(([name, protocol]) => [name, hashOf(protocol)]);
  expect(Object.fromEntries(hashes)).toEqual(HASHES);
});

function hashOf(metric: string): string {
  return protocolKey({
    metric,
    encoder: "toybox-encoder@0123456789ab",
    preprocessing: "clean 64x64",
    samples: 1000,
    reference: "ab".repeat(32),
  });
}
