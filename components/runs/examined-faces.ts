import { percent, significant } from "@/components/format";

type Face = {
  label: string;
  /** What it is, in a sentence. */
  meaning: string;
  write: (value: number) => string;
};

const share = (value: number) => percent(value, 1);

/** Names of an examination's numbers by "metric.key". Distances carry the encoder's label: none of them is FID or KID. */
const FACES: Record<string, Face> = {
  "fd_infinity.value": {
    label: "at infinite n",
    meaning: "The Fréchet distance extrapolated to infinitely many samples: without the bias of a finite n.",
    write: significant,
  },
  "kid.exact": {
    label: "Kernel distance",
    meaning:
      "Squared distance of the two sets of features under a cubic kernel (KID's formula). Unbiased at any n.",
    write: significant,
  },
  "pr.precision": {
    label: "Precision, k = 3",
    meaning: "Share of samples that lie among the real pictures: does what it makes look real?",
    write: share,
  },
  "pr.recall": {
    label: "Recall, k = 3",
    meaning: "Share of real pictures that lie among the samples: does it make everything there is?",
    write: share,
  },
  "prdc.precision": {
    label: "Precision, k = 5",
    meaning: "The same in the convention of the prdc package.",
    write: share,
  },
  "prdc.recall": {
    label: "Recall, k = 5",
    meaning: "The same in the convention of the prdc package.",
    write: share,
  },
  "prdc.density": {
    label: "Density",
    meaning:
      "How many real neighbourhoods a sample lies in, over k. 1 is that of real pictures; more is possible.",
    write: significant,
  },
  "prdc.coverage": {
    label: "Coverage",
    meaning: "Share of real pictures with a sample in their neighbourhood.",
    write: share,
  },
  "c2st.accuracy": {
    label: "Separability",
    meaning:
      "How often a linear classifier tells samples from real pictures it has not seen. 50% is indistinguishable, 100% is wholly apart.",
    write: share,
  },
  "authpct.authentic": {
    label: "Authenticity",
    meaning:
      "Share of samples no nearer to a reference picture than reference pictures are to each other. About half for a perfect model, near none for one that copies.",
    write: share,
  },
};

/** How a number of an examination is named and written. */
export function examinedFace(metric: string, key: string, distanceLabel: string): Face {
  const face = FACES[`${metric}.${key}`] ?? { label: `${metric} ${key}`, meaning: "", write: significant };
  if (metric !== "fd_infinity") return face;
  return { ...face, label: `${distanceLabel} ${face.label}` };
}

const FIELDS: Record<string, string> = {
  metric: "metric",
  encoder: "encoder",
  preprocessing: "preprocessing",
  samples: "number of samples",
  reference: "reference",
  prompts: "prompts",
  codeVersion: "version of the code",
};

/** "number of samples 100 against 1000; reference 3f2a… against 91bc…" */
export function differencesText(differences: { field: string; first: string; second: string }[]): string {
  const short = (text: string) => (/^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 8)}…` : text);
  // Different prompts are always more or fewer ones here, and their number says it better than a hash.
  const told = differences.filter(({ field }) => field !== "prompts" || differences.length === 1);
  return told
    .map(({ field, first, second }) => `${FIELDS[field] ?? field} ${short(first)} against ${short(second)}`)
    .join("; ");
}
