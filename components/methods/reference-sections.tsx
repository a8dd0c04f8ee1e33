import type { MethodSection } from "@/components/methods/method-section";

interface Reference {
  /** What it is of, as the message names it. */
  of: string;
  text: string;
  address: string;
}

/** Where each method comes from. */
const REFERENCES: readonly Reference[] = [
  {
    of: "ratings",
    text: "Bradley and Terry, Rank analysis of incomplete block designs, Biometrika 1952",
    address: "https://doi.org/10.2307/2334029",
  },
  {
    of: "ties",
    text: "Davidson, On extending the Bradley-Terry model to accommodate ties, JASA 1970",
    address: "https://doi.org/10.1080/01621459.1970.10481082",
  },
  {
    of: "intervals",
    text: "White, Maximum likelihood estimation of misspecified models, Econometrica 1982",
    address: "https://doi.org/10.2307/1912526",
  },
  {
    of: "clusters",
    text: "Cameron, Gelbach and Miller, Robust inference with multiway clustering, JBES 2011",
    address: "https://doi.org/10.1198/jbes.2010.07136",
  },
  {
    of: "shares",
    text: "Wilson, Probable inference, the law of succession, and statistical inference, JASA 1927",
    address: "https://doi.org/10.1080/01621459.1927.10502953",
  },
  {
    of: "judge",
    text: "Angelopoulos, Duchi and Zrnic, PPI++: efficient prediction-powered inference, 2023",
    address: "https://arxiv.org/abs/2311.01453",
  },
  {
    of: "frechet",
    text: "Heusel et al., GANs trained by a two time-scale update rule, NeurIPS 2017",
    address: "https://arxiv.org/abs/1706.08500",
  },
  {
    of: "kernel",
    text: "Bińkowski et al., Demystifying MMD GANs, ICLR 2018",
    address: "https://arxiv.org/abs/1801.01401",
  },
  {
    of: "precision",
    text: "Kynkäänniemi et al., Improved precision and recall metric, NeurIPS 2019",
    address: "https://arxiv.org/abs/1904.06991",
  },
  {
    of: "videos",
    text: "Unterthiner et al., Towards accurate generative models of video, 2018",
    address: "https://arxiv.org/abs/1812.01717",
  },
  {
    of: "time",
    text: "Ge et al., On the content bias in Fréchet video distance, CVPR 2024",
    address: "https://arxiv.org/abs/2404.12391",
  },
  {
    of: "motion",
    text: "Huang et al., VBench, CVPR 2024",
    address: "https://arxiv.org/abs/2311.17982",
  },
];

export const REFERENCE_SECTIONS: readonly MethodSection[] = [
  {
    id: "references",
    body: (t) => (
      <ul>
        {REFERENCES.map(({ of, text, address }) => (
          <li key={address}>
            {t.rich("references.source", {
              of,
              text,
              link: (chunks) => (
                <a href={address} rel="noreferrer" lang="en" translate="no">
                  {chunks}
                </a>
              ),
            })}
          </li>
        ))}
      </ul>
    ),
  },
  {
    id: "changes",
    body: (t) => (
      <ul>
        <li>{t.rich("changes.entry", { day: (chunks) => <time dateTime="2026-11-30">{chunks}</time> })}</li>
      </ul>
    ),
  },
];
