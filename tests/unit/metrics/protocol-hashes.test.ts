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
  "clip-alignment": "87121b422d30cce09262659fad7aece7b1a20e25f5672305104ee5c68a6eb301",
  "clip-colours": "ee67fd35ede9040e53c7d28c7df26d630462ed6adbc61d1956bc4f3676f41031",
  "clip-direction": "6c0ae712ecbf03df0b4cd9976c96ce8829d9589d8a66ff1ade52b1fe5be00efb",
  "clip-objects": "314d37240959b7c20085a5e9a7e39014bdf54c649a92d94cf840d290da843f34",
  "clip-persistence": "7f6f2c2cc854686aec071aacc6f80f4a87000d42ca01e0234a4fad58ceb05ffe",
  "clip-verb": "5291eacdbe644181e36b7e7263817a865b6e9e806d923bb4e05cf86d16b30e64",
  "content-bias": "d42c5be39938ae4ed13b8a3ef8d8fba61ae1546e802be4947c5112afda5840cd",
  "frozen-ratio": "fd601775a3170847b92e2ee8ab858af3b26211e4bbd8c9212478a2a71477f4e2",
  jedi: "f853a6cc2d008962882a8f4d0858fc47538e722868864c51771796ad0cf06951",
  "scene-consistency": "c0148ba76caa1e1301b4d008fac85afa8d5ab8f6b69b22e320cdc63815d513e2",
  "shuffled-ratio": "3843d4ccbdce151d7280939a1bbbf86bf9e58b36f3eec2c8f9700c2165ea38a9",
  "subject-consistency": "b0c6ab512d4b1acff987ccd19ba629fa0c5f6dcc4fa53f04df411f50f4697171",
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
